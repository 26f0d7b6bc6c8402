-- Registration sessions FIRST to LAST whose phones are proven: what /api/register uses up, one a call.

SET time_zone = '+00:00', sql_mode = 'TRADITIONAL';

INSERT INTO session
  (digest, realm, kind, address, address_typed, code_sent_at, proven_at, created_at, seen_at, expires_at)
SELECT UNHEX(SHA2(UNHEX(SHA2(CONCAT('registration ', seq), 256)), 256)) AS digest, 'REALM', 'registration',
  CONCAT('+4916', LPAD(seq, 9, '0')), CONCAT('+4916', LPAD(seq, 9, '0')), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),
  UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 30 DAY
FROM seq_FIRST_to_LAST ORDER BY digest;
