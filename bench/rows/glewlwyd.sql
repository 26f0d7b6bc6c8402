-- Users 1 to LAST of Glewlwyd, each with one session. A session's id is the SHA-512 of "glewlwyd session <n>" in
-- hexadecimal digits; it stores the SHA-512 of the id.

SET unique_checks = 0, foreign_key_checks = 0, time_zone = '+00:00', sql_mode = 'TRADITIONAL';

DELETE FROM g_user_session;
DELETE FROM g_user_scope_user;
DELETE FROM g_user_password;
DELETE FROM g_user;

INSERT INTO g_user (gu_id, gu_username, gu_name, gu_email)
SELECT seq, CONCAT('user', seq), CONCAT('Ada Lovelace', seq), CONCAT('user', seq, '@example.com') FROM seq_1_to_LAST;

INSERT INTO g_user_password (gu_id, guw_password) SELECT seq, PASSWORD('PASSWORD') FROM seq_1_to_LAST;

INSERT INTO g_user_scope_user (gu_id, gus_id)
SELECT seq, (SELECT gus_id FROM g_user_scope WHERE gus_name = 'g_profile') FROM seq_1_to_LAST;

INSERT INTO g_user_session (gus_session_hash, gus_user_agent, gus_issued_for, gus_username, gus_expiration, gus_current)
SELECT CONCAT('{SHA512}', REPLACE(TO_BASE64(UNHEX(SHA2(SHA2(CONCAT('glewlwyd session ', seq), 512), 512))), '\n', '')),
  'bench', '127.0.0.1', CONCAT('user', seq), UTC_TIMESTAMP() + INTERVAL 30 DAY, 1
FROM seq_1_to_LAST;

CREATE INDEX IF NOT EXISTS bench_session_hash ON g_user_session (gus_session_hash);
