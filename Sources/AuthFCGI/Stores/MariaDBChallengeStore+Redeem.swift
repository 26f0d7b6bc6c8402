import AuthDomain

extension MariaDBChallengeStore {
    /// What a code that somebody tells is compared with.
    private struct Expected {
        let digest: CodeDigest
        let target: String

        init(_ row: SQLRow) throws(MariaDBError) {
            digest = CodeDigest(keyID: try row.key(1), octets: try row.octets(0))
            target = try row.key(2)
        }
    }

    private static let day: Duration = .seconds(86_400)

    func redeem(
        _ code: OneTimeCode, for purpose: Purpose, askedIn session: SessionDigest, in realm: Realm,
        policy: CodePolicy, at now: Timestamp
    ) throws(AuthError) {
        let key: [SQLValue] = [.realm(realm), .key(purpose.rawValue), .digest(session)]
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Void> in
            guard try Self.reserveTry(key, at: now, on: connection) else {
                return .rollback(.failure(try Self.refusal(of: key, at: now, on: connection)))
            }
            let row = try connection.row(
                "SELECT mac, mac_key, target FROM challenge WHERE realm = ? AND purpose = ? AND session = ?", key)
            guard let expected = try row.map(Expected.init) else { return .rollback(.failure(.noChallenge)) }
            let counter = RateCounter(.wrongCodes, realm: realm, address: expected.target)
            guard
                try counter.reserve(limit: policy.attemptsPerDay, window: Self.day, at: now, on: connection)
            else { return .rollback(.failure(.attemptsExhausted)) }
            do throws(AuthError) {
                guard
                    try codes.matches(code, expected.digest, in: realm, for: purpose, target: expected.target)
                else { return .commit(.failure(.wrongCode)) }
            } catch {
                return .rollback(.failure(error))
            }
            try counter.release(on: connection)
            return try Self.prove(key, by: session, in: realm, at: now, on: connection)
                ? .commit(.success(())) : .rollback(.failure(.noChallenge))
        }
    }

    /// Takes one try from the session's code, if it is good for one. The row stays locked until the transaction ends,
    /// so that of parallel tries one after the other is compared.
    private static func reserveTry(
        _ key: [SQLValue], at now: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) -> Bool {
        let matched = try connection.execute(
            """
            UPDATE challenge SET tries_left = tries_left - 1
            WHERE realm = ? AND purpose = ? AND session = ? AND used_at IS NULL AND expires_at > ? AND tries_left > 0
            """, key + [.time(now)])
        return matched == 1
    }

    /// Why the session's code is good for no try.
    private static func refusal(
        of key: [SQLValue], at now: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) -> AuthError {
        let row = try connection.row(
            """
            SELECT 1 FROM challenge
            WHERE realm = ? AND purpose = ? AND session = ? AND used_at IS NULL AND expires_at > ?
            """, key + [.time(now)])
        return row == nil ? .noChallenge : .attemptsExhausted
    }

    /// Uses the code up and writes down that the session's phone is proven; false when the session is over.
    private static func prove(
        _ key: [SQLValue], by session: SessionDigest, in realm: Realm, at now: Timestamp,
        on connection: MariaDBConnection
    ) throws(MariaDBError) -> Bool {
        _ = try connection.execute(
            "UPDATE challenge SET used_at = ? WHERE realm = ? AND purpose = ? AND session = ?", [.time(now)] + key)
        let proven = try connection.execute(
            """
            UPDATE session SET proven_at = ?
            WHERE digest = ? AND realm = ? AND kind = 'registration' AND ended_at IS NULL AND expires_at > ?
            """, [.time(now), .digest(session), .realm(realm), .time(now)])
        return proven == 1
    }
}
