-- Accounts FIRST to LAST of realm REALM, each with one login session. Ids are ordered by time, as the service makes
-- them; the session's secret is the SHA-256 of "session <n>", so that cookies can be made for any of them.
-- `seen_at` lies ahead: no look-up within the bench is the first of its minute, which would write.

SET unique_checks = 0, foreign_key_checks = 0, time_zone = '+00:00', sql_mode = 'TRADITIONAL';

INSERT INTO account
  (id, realm, nickname, nickname_typed, phone, phone_typed, phone_verified_at, email, email_typed, email_verified_at,
   password, first_name, last_name, display_name, created_at)
SELECT UNHEX(CONCAT(LPAD(HEX(1700000000 + seq DIV 100), 8, '0'), LEFT(SHA2(CONCAT('account ', seq), 256), 16))),
  'REALM', CONCAT('user', seq), CONCAT('User', seq), CONCAT('+4915', LPAD(seq, 9, '0')),
  CONCAT('+49 15', LPAD(seq, 9, '0')), UTC_TIMESTAMP(6), CONCAT('user', seq, '@example.com'),
  CONCAT('User', seq, '@example.com'), UTC_TIMESTAMP(6), 'PASSWORD', 'Ada', CONCAT('Lovelace', seq),
  CONCAT('Ada Lovelace', seq), FROM_UNIXTIME(1700000000 + seq DIV 100)
FROM seq_FIRST_to_LAST;

INSERT INTO session (digest, realm, kind, account, created_at, seen_at, expires_at)
SELECT UNHEX(SHA2(UNHEX(SHA2(CONCAT('session ', seq), 256)), 256)) AS digest, 'REALM', 'login',
  UNHEX(CONCAT(LPAD(HEX(1700000000 + seq DIV 100), 8, '0'), LEFT(SHA2(CONCAT('account ', seq), 256), 16))),
  UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 20 DAY, UTC_TIMESTAMP(6) + INTERVAL 30 DAY
FROM seq_FIRST_to_LAST ORDER BY digest;
