-- One login session for each of the accounts FIRST to LAST. Its secret is the SHA-256 of "session <n>", so that cookies
-- can be made for any of them. `seen_at` lies ahead: no look-up within the bench is the first of its minute, which would
-- write.

SET unique_checks = 0, foreign_key_checks = 0, time_zone = '+00:00', sql_mode = 'TRADITIONAL';
SET sort_buffer_size = 268435456;

INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at)
SELECT UNHEX(SHA2(UNHEX(SHA2(CONCAT('session ', seq), 256)), 256)) AS digest, 'REALM', 'login',
  UNHEX(CONCAT(LPAD(HEX(1700000000 + seq DIV 100), 8, '0'), LEFT(SHA2(CONCAT('account ', seq), 256), 16))),
  UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 20 DAY, UTC_TIMESTAMP(6) + INTERVAL 30 DAY
FROM seq_FIRST_to_LAST ORDER BY digest;
