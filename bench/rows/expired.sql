-- Sessions FIRST to LAST that ended long ago, for the sweeper.

SET unique_checks = 0, foreign_key_checks = 0, time_zone = '+00:00', sql_mode = 'TRADITIONAL';

INSERT INTO session (digest, realm, kind, created_at, seen_at, expires_at)
SELECT UNHEX(SHA2(CONCAT('expired ', seq), 256)) AS digest, 'REALM', 'registration',
  UTC_TIMESTAMP(6) - INTERVAL 90 DAY, UTC_TIMESTAMP(6) - INTERVAL 90 DAY, UTC_TIMESTAMP(6) - INTERVAL 60 DAY
FROM seq_FIRST_to_LAST ORDER BY digest;
