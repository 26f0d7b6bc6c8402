<?php
// What a provider would write by hand: the session look-up and the login of the service, under php-fpm.

declare(strict_types=1);

const REALM = 'bench';

function answer(int $status, array $body): never
{
    http_response_code($status);
    header('Content-Type: application/json; charset=utf-8');
    header('Cache-Control: no-store');
    header('X-Content-Type-Options: nosniff');
    echo json_encode($body, JSON_UNESCAPED_SLASHES);
    exit;
}

function database(): PDO
{
    return new PDO(
        'mysql:unix_socket=' . getenv('BENCH_DATABASE') . ';dbname=' . getenv('BENCH_NAME') . ';charset=utf8mb4',
        getenv('BENCH_USER'), '', [PDO::ATTR_PERSISTENT => getenv('BENCH_PERSISTENT') === '1', PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
}

function cookie_key(): array
{
    [$id, $secret] = explode(':', trim(file(getenv('BENCH_COOKIE_KEYS'), FILE_SKIP_EMPTY_LINES)[0]));
    return [$id, hash_hkdf('sha256', base64_decode($secret), 32, 'authfcgi cookie v1')];
}

function context(string $id): string
{
    $context = '';
    foreach (['v1', $id, 'compass.session', REALM] as $text) {
        $context .= pack('N', strlen($text)) . $text;
    }
    return $context;
}

function sealed(string $secret): string
{
    [$id, $key] = cookie_key();
    $nonce = random_bytes(12);
    $octets = openssl_encrypt($secret, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $nonce, $tag, context($id));
    return "v1.$id." . rtrim(strtr(base64_encode($nonce . $octets . $tag), '+/', '-_'), '=');
}

function opened(string $text): ?string
{
    [$id, $key] = cookie_key();
    $parts = explode('.', $text, 3);
    if (count($parts) !== 3 || $parts[0] !== 'v1' || $parts[1] !== $id) {
        return null;
    }
    $octets = base64_decode(strtr($parts[2], '-_', '+/'));
    $secret = openssl_decrypt(
        substr($octets, 12, -16), 'aes-256-gcm', $key, OPENSSL_RAW_DATA, substr($octets, 0, 12),
        substr($octets, -16), context($id));
    return $secret === false ? null : $secret;
}

function session(): never
{
    // PHP turns the dots of a cookie's name into underscores.
    $secret = isset($_COOKIE['compass_session']) ? opened($_COOKIE['compass_session']) : null;
    if ($secret === null) {
        answer(401, ['error' => 'No active session found']);
    }
    $digest = hash('sha256', $secret, true);
    $now = gmdate('Y-m-d H:i:s');
    $find = database()->prepare(
        "SELECT session.created_at, session.seen_at, session.expires_at, account.id, email_typed, phone_typed,
           first_name, last_name, phone_verified_at, email_verified_at
         FROM session JOIN account ON account.id = session.account
         WHERE session.digest = ? AND session.realm = ? AND session.kind = 'login' AND session.ended_at IS NULL
           AND session.expires_at > ? AND session.seen_at > ? AND account.status = 'active'");
    $find->execute([$digest, REALM, $now, gmdate('Y-m-d H:i:s', time() - 86400)]);
    $row = $find->fetch(PDO::FETCH_ASSOC);
    if ($row === false) {
        answer(401, ['error' => 'No active session found']);
    }
    answer(200, [
        'message' => 'Session is active',
        'session' => [
            'id' => bin2hex(substr($digest, 0, 12)), 'created_at' => str_replace(' ', 'T', $row['created_at']) . 'Z',
            'expires_at' => str_replace(' ', 'T', $row['expires_at']) . 'Z',
            'last_seen_at' => str_replace(' ', 'T', $row['seen_at']) . 'Z',
        ],
        'user' => [
            'id' => bin2hex($row['id']), 'email' => $row['email_typed'], 'phone_number' => $row['phone_typed'],
            'first_name' => $row['first_name'], 'last_name' => $row['last_name'],
            'verified' => $row['phone_verified_at'] !== null || $row['email_verified_at'] !== null,
        ],
    ]);
}

function login(): never
{
    $body = json_decode(file_get_contents('php://input'), true);
    $database = database();
    $find = $database->prepare("SELECT id, password FROM account WHERE realm = ? AND email = ? AND status = 'active'");
    $find->execute([REALM, strtolower($body['email'] ?? '')]);
    $row = $find->fetch(PDO::FETCH_ASSOC);
    if ($row === false || !password_verify($body['password'] ?? '', $row['password'])) {
        answer(401, ['error' => 'Invalid credentials']);
    }
    $secret = random_bytes(32);
    $now = gmdate('Y-m-d H:i:s');
    $database->prepare(
        "INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at)
         VALUES (?, ?, 'login', ?, ?, ?, ?)"
    )->execute([hash('sha256', $secret, true), REALM, $row['id'], $now, $now, gmdate('Y-m-d H:i:s', time() + 2592000)]);
    header('Set-Cookie: compass.session=' . sealed($secret) . '; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax');
    answer(200, ['message' => 'Login successful']);
}

match ($_SERVER['SCRIPT_NAME']) {
    '/user/session' => session(),
    '/user/login' => login(),
    '/healthz' => answer(200, ['status' => 'ok']),
    default => answer(404, ['error' => 'Not found']),
};
