/// The schema's history: what each version adds. `deploy/schema.sql` is what they come to.
enum Migrations {
    /// In the order in which they are applied; a number that was released never changes.
    static let all = [
        Migration(number: 1, name: "accounts, sessions, challenges and the outbox", statements: accountsAndSessions)
    ]

    private static let accountsAndSessions = """
        CREATE TABLE IF NOT EXISTS account (
          id BINARY(12) NOT NULL,
          realm VARBINARY(129) NOT NULL,
          nickname VARBINARY(20) NULL,
          nickname_typed VARBINARY(20) NULL,
          phone VARBINARY(16) NULL,
          phone_typed VARBINARY(64) NULL,
          phone_verified_at DATETIME(6) NULL,
          email VARBINARY(254) NULL,
          email_typed VARBINARY(254) NULL,
          email_verified_at DATETIME(6) NULL,
          password VARBINARY(255) NULL,
          first_name VARCHAR(128) NULL,
          last_name VARCHAR(128) NULL,
          display_name VARCHAR(128) NULL,
          status ENUM('active', 'locked') NOT NULL DEFAULT 'active',
          attributes JSON NULL,
          created_at DATETIME(6) NOT NULL,
          shadow_since DATETIME(6) NULL,
          PRIMARY KEY (id),
          UNIQUE KEY account_nickname (realm, nickname),
          UNIQUE KEY account_phone (realm, phone),
          UNIQUE KEY account_email (realm, email),
          KEY account_shadow (shadow_since)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

        CREATE TABLE IF NOT EXISTS pending_account (
          realm VARBINARY(129) NOT NULL,
          address VARBINARY(254) NOT NULL,
          id BINARY(12) NOT NULL,
          phone VARBINARY(16) NULL,
          phone_typed VARBINARY(64) NULL,
          email VARBINARY(254) NULL,
          email_typed VARBINARY(254) NULL,
          password VARBINARY(255) NOT NULL,
          first_name VARCHAR(128) NULL,
          last_name VARCHAR(128) NULL,
          display_name VARCHAR(128) NULL,
          created_at DATETIME(6) NOT NULL,
          expires_at DATETIME(6) NOT NULL,
          PRIMARY KEY (realm, address),
          KEY pending_account_phone (realm, phone),
          KEY pending_account_email (realm, email),
          KEY pending_account_expires (expires_at)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

        CREATE TABLE IF NOT EXISTS session (
          digest BINARY(32) NOT NULL,
          realm VARBINARY(129) NOT NULL,
          kind ENUM('registration', 'login', 'reset', 'end') NOT NULL,
          account BINARY(12) NULL,
          target BINARY(32) NULL,
          address VARBINARY(254) NULL,
          address_typed VARBINARY(254) NULL,
          generation INT UNSIGNED NOT NULL DEFAULT 0,
          refreshed_at DATETIME(6) NULL,
          code_sent_at DATETIME(6) NULL,
          proven_at DATETIME(6) NULL,
          created_at DATETIME(6) NOT NULL,
          seen_at DATETIME(6) NOT NULL,
          expires_at DATETIME(6) NOT NULL,
          ended_at DATETIME(6) NULL,
          PRIMARY KEY (digest),
          KEY session_account (account, kind, ended_at, created_at),
          KEY session_expires (expires_at),
          KEY session_ended (ended_at),
          CONSTRAINT session_account FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

        CREATE TABLE IF NOT EXISTS challenge (
          realm VARBINARY(129) NOT NULL,
          purpose VARBINARY(32) NOT NULL,
          target VARBINARY(254) NOT NULL,
          session BINARY(32) NULL,
          mac BINARY(32) NOT NULL,
          mac_key VARBINARY(16) NOT NULL,
          tries_left TINYINT UNSIGNED NOT NULL,
          sent_at DATETIME(6) NOT NULL,
          expires_at DATETIME(6) NOT NULL,
          used_at DATETIME(6) NULL,
          is_withheld BOOLEAN NOT NULL DEFAULT FALSE,
          is_refused BOOLEAN NOT NULL DEFAULT FALSE,
          PRIMARY KEY (realm, purpose, target),
          KEY challenge_session (session),
          KEY challenge_expires (expires_at)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

        CREATE TABLE IF NOT EXISTS outbox (
          id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
          realm VARBINARY(129) NOT NULL,
          medium ENUM('mail', 'sms') NULL,
          thread VARBINARY(420) NULL,
          payload VARBINARY(4096) NULL,
          created_at DATETIME(6) NOT NULL,
          expires_at DATETIME(6) NOT NULL,
          attempts INT UNSIGNED NOT NULL DEFAULT 0,
          next_attempt_at DATETIME(6) NULL,
          lease BINARY(16) NULL,
          finished_at DATETIME(6) NULL,
          outcome ENUM('delivered', 'expired', 'failed', 'superseded', 'nobody') NULL,
          reason VARCHAR(255) NULL,
          PRIMARY KEY (id),
          KEY outbox_due (medium, next_attempt_at),
          KEY outbox_thread (thread),
          KEY outbox_finished (finished_at)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

        CREATE TABLE IF NOT EXISTS rate_counter (
          name VARBINARY(32) NOT NULL,
          subject VARBINARY(400) NOT NULL,
          count INT UNSIGNED NOT NULL,
          carried INT UNSIGNED NOT NULL DEFAULT 0,
          used INT UNSIGNED NOT NULL DEFAULT 0,
          is_refused BOOLEAN NOT NULL DEFAULT FALSE,
          window_ends DATETIME(6) NOT NULL,
          PRIMARY KEY (name, subject),
          KEY rate_counter_window (window_ends)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;
        """
}
