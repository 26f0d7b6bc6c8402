/* The calls that write: /api/send-otp and /api/register, statement by statement as the service runs them. */
#include "database.h"
#include "responder.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const long long minute = 60 * 1000000LL, hour = 60 * 60 * 1000000LL, day = 24 * 60 * 60 * 1000000LL;

#define STATEMENT(name, text) static __thread struct statement name = {.sql = text}

STATEMENT(phone_taken, "SELECT 1 FROM account WHERE realm = ? AND phone = ?");
STATEMENT(count_event,
          "INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?) "
          "ON DUPLICATE KEY UPDATE"
          " is_refused = window_ends > ? AND count >= ?,"
          " carried = IF(window_ends > ?, carried,"
          " IF(window_ends > ? AND count >= ?, LEAST(carried + count, 1000000000), 0)),"
          " count = IF(is_refused, count, IF(window_ends > ?, count + 1, 1)),"
          " window_ends = IF(window_ends > ?, window_ends,"
          " ? + INTERVAL LEAST(?, ? << LEAST(carried DIV ?, 20)) MICROSECOND) "
          "RETURNING is_refused, count, window_ends");
STATEMENT(store_code,
          "INSERT INTO challenge"
          " (realm, purpose, target, session, mac, mac_key, tries_left, expires_at, is_withheld, sent_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
          "ON DUPLICATE KEY UPDATE"
          " is_refused = sent_at > ?,"
          " session = IF(is_refused, session, VALUES(session)), mac = IF(is_refused, mac, VALUES(mac)),"
          " mac_key = IF(is_refused, mac_key, VALUES(mac_key)),"
          " tries_left = IF(is_refused, tries_left, VALUES(tries_left)),"
          " expires_at = IF(is_refused, expires_at, VALUES(expires_at)),"
          " is_withheld = IF(is_refused, is_withheld, VALUES(is_withheld)),"
          " used_at = IF(is_refused, used_at, NULL), sent_at = IF(is_refused, sent_at, VALUES(sent_at)) "
          "RETURNING is_refused, sent_at");
STATEMENT(insert_registration,
          "INSERT INTO session "
          "(digest, realm, kind, address, address_typed, code_sent_at, created_at, seen_at, expires_at) "
          "VALUES (?, ?, 'registration', ?, ?, ?, ?, ?, ?)");
STATEMENT(supersede,
          "UPDATE outbox "
          "SET outcome = 'superseded', thread = NULL, payload = IF(lease IS NULL, NULL, payload),"
          " finished_at = IF(lease IS NULL, ?, NULL), next_attempt_at = IF(lease IS NULL, NULL, next_attempt_at) "
          "WHERE thread = ?");
STATEMENT(insert_message,
          "INSERT INTO outbox (realm, medium, thread, payload, created_at, expires_at, next_attempt_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)");
STATEMENT(find_registration,
          "SELECT address, address_typed, proven_at FROM session "
          "WHERE digest = ? AND realm = ? AND kind = 'registration' AND ended_at IS NULL AND expires_at > ?");
STATEMENT(end_registration,
          "UPDATE session SET ended_at = ? "
          "WHERE digest = ? AND realm = ? AND kind = 'registration' AND address = ?"
          " AND proven_at IS NOT NULL AND ended_at IS NULL AND expires_at > ?");
STATEMENT(insert_account,
          "INSERT INTO account "
          "(id, realm, nickname, nickname_typed, phone, phone_typed, phone_verified_at, email, email_typed,"
          " email_verified_at, password, first_name, last_name, display_name, attributes, created_at, shadow_since) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
STATEMENT(insert_login,
          "INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at) "
          "VALUES (?, ?, 'login', ?, ?, ?, ?)");

STATEMENT(remember,
          "INSERT INTO rate_counter (name, subject, count, window_ends) VALUES (?, ?, 1, ?) "
          "ON DUPLICATE KEY UPDATE window_ends = GREATEST(window_ends, VALUES(window_ends))");

static void fail(struct answer *answer, const char *status)
{
    answer->status = status;
    strcpy(answer->body, "{\"message\":\"refused\"}");
}

/* Counts an event, whether or not there is a row: 1, 0 when the window has as many as it may, -1 on failure. */
static int count(const char *name, const char *subject, long long limit, long long window, long long time)
{
    MYSQL_TIME now, end;
    long long threshold = 0;
    database_time(time, &now);
    database_time(time + window, &end);
    struct value values[] = {KEY(name), KEY(subject), TIME(&end), TIME(&now), INTEGER(&limit), TIME(&now), TIME(&now),
                             INTEGER(&threshold), TIME(&now), TIME(&now), TIME(&now), INTEGER(&window),
                             INTEGER(&window), INTEGER(&limit)};
    if (database_row(&count_event, values, 14) != 1) return -1;
    return count_event.room[0][0] == '0';
}

/* The client's address in hexadecimal digits. */
static void client_key(FCGX_Request *request, char key[16])
{
    unsigned char octets[4] = {0};
    const char *address = FCGX_GetParam("REMOTE_ADDR", request->envp);
    if (address) inet_pton(AF_INET, address, octets);
    sodium_bin2hex(key, 16, octets, 4);
}

static void set_cookie(struct answer *answer, const unsigned char secret[32], long seconds)
{
    char value[160];
    cookie_seal(&settings.cookies, "twake.session", settings.realm, secret, value);
    sprintf(answer->fields, "Set-Cookie: twake.session=%s; Path=/; Max-Age=%ld; HttpOnly; SameSite=Lax\r\n", value,
            seconds);
}

/* What the service seals for its courier has this many octets; the reference stores as many, sealed under a key of its own. */
static size_t message(const char *phone, const char *code, unsigned char *sealed)
{
    static const unsigned char key[32];
    char text[256];
    int count, length = sprintf(text, "{\"to\":\"%s\",\"kind\":\"registration\",\"text\":\"%s\",\"for\":\"reader\","
                                      "\"languages\":[\"en\"]}", phone, code);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    randombytes_buf(sealed, 12);
    EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, sealed);
    EVP_EncryptUpdate(context, sealed + 12, &count, (unsigned char *)text, length);
    EVP_EncryptFinal_ex(context, sealed + 12 + count, &count);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, sealed + 12 + length);
    EVP_CIPHER_CTX_free(context);
    return (size_t)length + 28;
}

static int send_code(const char *phone, const char *client, const unsigned char digest[32], long long time)
{
    MYSQL_TIME now, end, youngest, ends;
    unsigned char mac[32], sealed[512], key[32] = {1};
    char code[8], subject[128], thread[160];
    long long tries = 5, withheld = 0;
    database_time(time, &now);
    database_time(time + 10 * minute, &end);
    database_time(time - minute, &youngest);
    database_time(time + hour, &ends);
    sprintf(code, "%06u", randombytes_uniform(1000000));
    crypto_auth_hmacsha256(mac, (unsigned char *)code, 6, key);
    size_t length = message(phone, code, sealed);
    if (count("client-sign-ups", client, 1000000, minute, time) != 1) return -1;
    struct value stored[] = {KEY(settings.realm), KEY("registration"), KEY(phone), BLOB(digest, 32), BLOB(mac, 32),
                             KEY(settings.cookies.id), INTEGER(&tries), TIME(&end), INTEGER(&withheld), TIME(&now),
                             TIME(&youngest)};
    if (database_row(&store_code, stored, 11) != 1 || store_code.room[0][0] != '0') return -1;
    snprintf(subject, sizeof subject, "%s %s", settings.realm, phone);
    if (count("messages", subject, 5, hour, time) != 1) return -1;
    struct value session[] = {BLOB(digest, 32), KEY(settings.realm), KEY(phone), KEY(phone),
                              TIME(&now), TIME(&now), TIME(&now), TIME(&ends)};
    if (database_execute(&insert_registration, session, 8) != 1) return -1;
    snprintf(thread, sizeof thread, "%s registration %s", settings.realm, phone);
    struct value old[] = {TIME(&now), KEY(thread)};
    if (database_execute(&supersede, old, 2) < 0) return -1;
    struct value new[] = {KEY(settings.realm), TEXT("sms"), KEY(thread), BLOB(sealed, length), TIME(&now), TIME(&end),
                          TIME(&now)};
    if (database_execute(&insert_message, new, 7) != 1) return -1;
    return count("all-messages", "sms", 100000000, day, time) == 1 ? 0 : -1;
}

void answer_send_otp(FCGX_Request *request, struct answer *answer)
{
    char body[512], phone[64], client[16];
    unsigned char secret[32], digest[32];
    long long time = now_microseconds();
    request_body(request, body, sizeof body);
    if (body_member(body, "phone", phone, sizeof phone) != 0) return fail(answer, "400 Bad Request");
    struct value taken[] = {KEY(settings.realm), KEY(phone)};
    if (database_row(&phone_taken, taken, 2) != 0) return fail(answer, "400 Bad Request");
    client_key(request, client);
    randombytes_buf(secret, 32);
    crypto_hash_sha256(digest, secret, 32);
    if (database_command("START TRANSACTION") != 0 || send_code(phone, client, digest, time) != 0 ||
        database_command("COMMIT") != 0) {
        database_command("ROLLBACK");
        return fail(answer, "500 Internal Server Error");
    }
    set_cookie(answer, secret, 3600);
    answer->type = "text/plain; charset=utf-8";
    strcpy(answer->body, "ok");
}

static int sign_up(const char *phone, const char *nickname, const char *name, const char *hash, const char *client,
                   const unsigned char registration[32], const unsigned char digest[32], long long time)
{
    MYSQL_TIME now, end, remembered;
    unsigned char account[12];
    char key[64], known[64];
    database_time(time, &now);
    database_time(time + 30 * day, &end);
    database_time(time + 90 * day, &remembered);
    for (int i = 0; i < 4; i++) account[i] = (unsigned char)((time / 1000000) >> (24 - 8 * i));
    randombytes_buf(account + 4, 8);
    size_t i = 0;
    for (; nickname[i] && i < sizeof key - 1; i++)
        key[i] = (char)(nickname[i] >= 'A' && nickname[i] <= 'Z' ? nickname[i] + 32 : nickname[i]);
    key[i] = 0;
    struct value proof[] = {TIME(&now), BLOB(registration, 32), KEY(settings.realm), KEY(phone), TIME(&now)};
    if (database_execute(&end_registration, proof, 5) != 1) return -1;
    struct value new[] = {BLOB(account, 12), KEY(settings.realm), KEY(key), KEY(nickname), KEY(phone), KEY(phone),
                          TIME(&now), NOTHING, NOTHING, NOTHING, KEY(hash), NOTHING, NOTHING, TEXT(name), NOTHING,
                          TIME(&now), NOTHING};
    if (database_execute(&insert_account, new, 17) != 1) return -1;
    struct value login[] = {BLOB(digest, 32), KEY(settings.realm), BLOB(account, 12), TIME(&now), TIME(&now),
                            TIME(&end)};
    if (database_execute(&insert_login, login, 6) != 1) return -1;
    sodium_bin2hex(known, sizeof known, account, 12);
    sprintf(known + 24, " %s", client);
    struct value owner[] = {KEY("known-clients"), KEY(known), TIME(&remembered)};
    return database_execute(&remember, owner, 3) < 0 ? -1 : 0;
}

static sem_t gate;

static void open_gate(void) { sem_init(&gate, 0, (unsigned)sysconf(_SC_NPROCESSORS_ONLN)); }

/* At most one hash a core at a time: more only fight for the caches. */
static int hash_password(const char *password, char hash[crypto_pwhash_STRBYTES])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_gate);
    sem_wait(&gate);
    int status = crypto_pwhash_str_alg(hash, password, strlen(password), 2, 19 * 1024 * 1024,
                                       crypto_pwhash_ALG_ARGON2ID13);
    sem_post(&gate);
    return status;
}

void answer_register(FCGX_Request *request, struct answer *answer)
{
    char body[1024], nickname[64], password[256], name[128], hash[crypto_pwhash_STRBYTES], phone[64];
    char client[16];
    unsigned char secret[32], registration[32], digest[32];
    MYSQL_TIME now;
    size_t length;
    long long time = now_microseconds();
    const char *cookie = request_cookie(request, "twake.session", &length);
    request_body(request, body, sizeof body);
    if (body_member(body, "nickname", nickname, sizeof nickname) || body_member(body, "password", password, sizeof password) ||
        body_member(body, "displayName", name, sizeof name))
        return fail(answer, "400 Bad Request");
    if (!cookie || cookie_open(&settings.cookies, "twake.session", settings.realm, cookie, length, secret) != 0)
        return fail(answer, "401 Unauthorized");
    crypto_hash_sha256(registration, secret, 32);
    database_time(time, &now);
    struct value asked[] = {BLOB(registration, 32), KEY(settings.realm), TIME(&now)};
    if (database_row(&find_registration, asked, 3) != 1 || find_registration.nulls[2])
        return fail(answer, "401 Unauthorized");
    strcpy(phone, find_registration.room[0]);
    if (hash_password(password, hash) != 0) return fail(answer, "503 Service Unavailable");
    randombytes_buf(secret, 32);
    crypto_hash_sha256(digest, secret, 32);
    client_key(request, client);
    if (database_command("START TRANSACTION") != 0 ||
        sign_up(phone, nickname, name, hash, client, registration, digest, time) != 0 || database_command("COMMIT") != 0) {
        database_command("ROLLBACK");
        return fail(answer, "400 Bad Request");
    }
    set_cookie(answer, secret, 30 * 24 * 3600);
    answer->status = "201 Created";
    answer->type = "text/plain; charset=utf-8";
    strcpy(answer->body, "ok");
}
