-- Accounts FIRST to LAST of realm REALM. Ids are ordered by time, as the service makes them.

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
