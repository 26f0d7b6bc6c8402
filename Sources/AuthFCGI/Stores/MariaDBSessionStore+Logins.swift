import AuthDomain

extension MariaDBSessionStore {
    /// The login sessions of questions that go with each other, judged at the latest moment of all, by one statement.
    static func logins(
        on connection: MariaDBConnection, _ questions: [LoginQuestion]
    ) throws(MariaDBError) -> [SQLRow] {
        guard let last = questions.last, questions.count <= LookupLine.most else {
            throw MariaDBError(.other, "a statement does not look for \(questions.count) sessions")
        }
        let latest = questions.reduce(last.now) { max($0, $1.now) }
        let judged: [SQLValue] = [.realm(last.realm), .time(latest), .time(latest - last.idle)]
        if questions.count == 1 { return try login(on: connection, [.digest(last.digest)] + judged) }
        var values: [SQLValue] = []
        values.reserveCapacity(LookupLine.most + judged.count)
        for question in questions { values.append(.digest(question.digest)) }
        for _ in questions.count..<LookupLine.most { values.append(.digest(last.digest)) }
        return try logins(on: connection, values + judged)
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
}
