import AuthDomain

extension MariaDBSessionStore {
    func logins(_ questions: [LoginQuestion]) -> [Result<LoginSession?, AuthError>] {
        let rows = Result { () throws(AuthError) in
            try database.use { connection throws(MariaDBError) in try Self.rows(of: questions, on: connection) }
        }
        return questions.map { question in
            Result { () throws(AuthError) in
                let row = try rows.get().first { $0.hasOctets(question.digest.octets, at: 0) }
                return try row.map { row throws(AuthError) in try session(row, of: question) }
            }
        }
    }

    private func session(_ row: SQLRow, of question: LoginQuestion) throws(AuthError) -> LoginSession {
        try database.reporting { () throws(MariaDBError) in
            LoginSession(
                digest: question.digest, realm: question.realm, account: try Account(row, from: 4),
                created: try row.moment(1), seen: try row.moment(2), expires: try row.moment(3))
        }
    }

    /// The rows of the sessions, by one statement, judged at the latest moment of all. They have the digest in column 0.
    static func rows(
        of questions: [LoginQuestion], on connection: MariaDBConnection
    ) throws(MariaDBError) -> [SQLRow] {
        guard let last = questions.last, let latest = questions.map(\.now).max() else { return [] }
        let judged: [SQLValue] = [.realm(last.realm), .time(latest), .time(latest - last.idle)]
        if questions.count == 1 { return try login(on: connection, [.digest(last.digest)] + judged) }
        return try logins(on: connection, try places(of: questions.map(\.digest), before: judged))
    }

    /// The digests in `LoginQuestion.most` places, of which the last one fills those that are left.
    private static func places(
        of digests: [SessionDigest], before others: [SQLValue]
    ) throws(MariaDBError) -> [SQLValue] {
        guard let last = digests.last, digests.count <= LoginQuestion.most else {
            throw MariaDBError(.other, "a statement has no places for \(digests.count) sessions")
        }
        var values: [SQLValue] = []
        values.reserveCapacity(LoginQuestion.most + others.count)
        for digest in digests { values.append(.digest(digest)) }
        for _ in digests.count..<LoginQuestion.most { values.append(.digest(last)) }
        return values + others
    }

    /// One session, for a look-up that is alone. The optimizer is told the way, which it would look for at each execution.
    private static func login(
        on connection: MariaDBConnection, _ values: [SQLValue]
    ) throws(MariaDBError) -> [SQLRow] {
        try connection.rows(
            """
            SELECT STRAIGHT_JOIN session.digest, session.created_at, session.seen_at, session.expires_at, account.id,
              nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name, last_name, display_name,
              attributes, phone_verified_at, email_verified_at
            FROM session FORCE INDEX (PRIMARY) JOIN account FORCE INDEX (PRIMARY) ON account.id = session.account
            WHERE session.digest = ? AND session.realm = ?
              AND session.kind = 'login' AND session.ended_at IS NULL AND session.expires_at > ?
              AND session.seen_at > ? AND account.status = 'active'
            """, values)
    }

    /// The same for any number of sessions: the last one fills the places that are left.
    private static func logins(
        on connection: MariaDBConnection, _ values: [SQLValue]
    ) throws(MariaDBError) -> [SQLRow] {
        try connection.rows(
            """
            SELECT STRAIGHT_JOIN session.digest, session.created_at, session.seen_at, session.expires_at, account.id,
              nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name, last_name, display_name,
              attributes, phone_verified_at, email_verified_at
            FROM session FORCE INDEX (PRIMARY) JOIN account FORCE INDEX (PRIMARY) ON account.id = session.account
            WHERE session.digest IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND session.realm = ?
              AND session.kind = 'login' AND session.ended_at IS NULL AND session.expires_at > ?
              AND session.seen_at > ? AND account.status = 'active'
            """, values)
    }

    func touch(_ digests: [SessionDigest], at now: Timestamp) throws(AuthError) {
        try database.use { connection throws(MariaDBError) in
            if digests.count > 1 {
                let values = try Self.places(of: digests, before: [.time(now)])
                let areTouched = try Self.isDone(
                    """
                    SET STATEMENT innodb_lock_wait_timeout = 0 FOR
                    UPDATE session FORCE INDEX (PRIMARY) SET seen_at = ?
                    WHERE digest IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND seen_at < ?
                    """, [.time(now)] + values, on: connection)
                if areTouched { return }
            }
            for digest in digests {
                _ = try Self.isDone(
                    """
                    SET STATEMENT innodb_lock_wait_timeout = 0 FOR
                    UPDATE session FORCE INDEX (PRIMARY) SET seen_at = ? WHERE digest = ? AND seen_at < ?
                    """, [.time(now), .digest(digest), .time(now)], on: connection)
            }
        }
    }

    /// Runs a statement that waits for nobody; false when somebody else has one of its rows.
    private static func isDone(
        _ sql: StaticString, _ values: [SQLValue], on connection: MariaDBConnection
    ) throws(MariaDBError) -> Bool {
        do throws(MariaDBError) {
            _ = try connection.execute(sql, values, idempotent: true)
            return true
        } catch {
            guard error.kind == .retryable else { throw error }
            return false
        }
    }
}
