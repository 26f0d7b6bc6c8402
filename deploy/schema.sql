-- The whole schema of this version, for who would rather read or load it than run `authfcgi db migrate`: both come to
-- the same tables, and the program takes either. Written by scripts/schema; a test holds it to the migrations.

SET NAMES utf8mb4;
SET foreign_key_checks = 0;

CREATE TABLE `account` (
  `id` binary(12) NOT NULL,
  `realm` varbinary(129) NOT NULL,
  `nickname` varbinary(20) DEFAULT NULL,
  `nickname_typed` varbinary(20) DEFAULT NULL,
  `phone` varbinary(16) DEFAULT NULL,
  `phone_typed` varbinary(64) DEFAULT NULL,
  `phone_verified_at` datetime(6) DEFAULT NULL,
  `email` varbinary(254) DEFAULT NULL,
  `email_typed` varbinary(254) DEFAULT NULL,
  `email_verified_at` datetime(6) DEFAULT NULL,
  `password` varbinary(255) DEFAULT NULL,
  `first_name` varchar(128) DEFAULT NULL,
  `last_name` varchar(128) DEFAULT NULL,
  `display_name` varchar(128) DEFAULT NULL,
  `status` enum('active','locked') NOT NULL DEFAULT 'active',
  `attributes` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`attributes`)),
  `created_at` datetime(6) NOT NULL,
  `shadow_since` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `account_nickname` (`realm`,`nickname`),
  UNIQUE KEY `account_phone` (`realm`,`phone`),
  UNIQUE KEY `account_email` (`realm`,`email`),
  KEY `account_shadow` (`shadow_since`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `challenge` (
  `realm` varbinary(129) NOT NULL,
  `purpose` varbinary(32) NOT NULL,
  `target` varbinary(254) NOT NULL,
  `session` binary(32) DEFAULT NULL,
  `mac` binary(32) NOT NULL,
  `mac_key` varbinary(16) NOT NULL,
  `tries_left` tinyint(3) unsigned NOT NULL,
  `sent_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `used_at` datetime(6) DEFAULT NULL,
  `is_withheld` tinyint(1) NOT NULL DEFAULT 0,
  `is_refused` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`realm`,`purpose`,`target`),
  KEY `challenge_session` (`session`),
  KEY `challenge_expires` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `outbox` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `realm` varbinary(129) NOT NULL,
  `medium` enum('mail','sms') DEFAULT NULL,
  `thread` varbinary(420) DEFAULT NULL,
  `payload` varbinary(4096) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `attempts` int(10) unsigned NOT NULL DEFAULT 0,
  `next_attempt_at` datetime(6) DEFAULT NULL,
  `lease` binary(16) DEFAULT NULL,
  `finished_at` datetime(6) DEFAULT NULL,
  `outcome` enum('delivered','expired','failed','superseded','nobody') DEFAULT NULL,
  `reason` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `outbox_due` (`medium`,`next_attempt_at`),
  KEY `outbox_thread` (`thread`),
  KEY `outbox_finished` (`finished_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `pending_account` (
  `realm` varbinary(129) NOT NULL,
  `address` varbinary(254) NOT NULL,
  `id` binary(12) NOT NULL,
  `phone` varbinary(16) DEFAULT NULL,
  `phone_typed` varbinary(64) DEFAULT NULL,
  `email` varbinary(254) DEFAULT NULL,
  `email_typed` varbinary(254) DEFAULT NULL,
  `password` varbinary(255) NOT NULL,
  `first_name` varchar(128) DEFAULT NULL,
  `last_name` varchar(128) DEFAULT NULL,
  `display_name` varchar(128) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  PRIMARY KEY (`realm`,`address`),
  KEY `pending_account_phone` (`realm`,`phone`),
  KEY `pending_account_email` (`realm`,`email`),
  KEY `pending_account_expires` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `rate_counter` (
  `name` varbinary(32) NOT NULL,
  `subject` varbinary(400) NOT NULL,
  `count` int(10) unsigned NOT NULL,
  `carried` int(10) unsigned NOT NULL DEFAULT 0,
  `used` int(10) unsigned NOT NULL DEFAULT 0,
  `is_refused` tinyint(1) NOT NULL DEFAULT 0,
  `window_ends` datetime(6) NOT NULL,
  PRIMARY KEY (`name`,`subject`),
  KEY `rate_counter_window` (`window_ends`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `schema_migration` (
  `version` int(10) unsigned NOT NULL,
  `name` varchar(200) NOT NULL,
  `checksum` char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `applied_at` datetime(6) NOT NULL,
  PRIMARY KEY (`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE `session` (
  `digest` binary(32) NOT NULL,
  `realm` varbinary(129) NOT NULL,
  `kind` enum('registration','login','reset','end') NOT NULL,
  `account` binary(12) DEFAULT NULL,
  `target` binary(32) DEFAULT NULL,
  `address` varbinary(254) DEFAULT NULL,
  `address_typed` varbinary(254) DEFAULT NULL,
  `generation` int(10) unsigned NOT NULL DEFAULT 0,
  `refreshed_at` datetime(6) DEFAULT NULL,
  `code_sent_at` datetime(6) DEFAULT NULL,
  `proven_at` datetime(6) DEFAULT NULL,
  `created_at` datetime(6) NOT NULL,
  `seen_at` datetime(6) NOT NULL,
  `expires_at` datetime(6) NOT NULL,
  `ended_at` datetime(6) DEFAULT NULL,
  PRIMARY KEY (`digest`),
  KEY `session_account` (`account`,`kind`,`ended_at`,`created_at`),
  KEY `session_expires` (`expires_at`),
  KEY `session_ended` (`ended_at`),
  CONSTRAINT `session_account` FOREIGN KEY (`account`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

INSERT INTO schema_migration VALUES (1, 'accounts, sessions, challenges and the outbox', '2013470044c802eeee1443f6e0403e37b30d7d456ad29472a998644a3918fe67', UTC_TIMESTAMP(6));

SET foreign_key_checks = 1;
