import AuthDomain

extension MariaDBChallengeStore {
    private static let day: Duration = .seconds(86_400)

    func redeem(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp, bringing redemption: Redemption
    ) throws(AuthError) {
        let told = try redemption.message.map { message throws(AuthError) in try outbox.sealed(message) }
        let events = try judge(code, for: purpose, of: holder, in: realm, policy: policy, at: now) {
            key, target, connection throws(MariaDBError) in
            _ = try connection.execute(
                "UPDATE challenge SET used_at = ? WHERE realm = ? AND purpose = ? AND target = ?", [.time(now)] + key)
            let address = Address(stored: target, typed: target)
            let refusal = try redemption.perform(for: address, askedBy: holder, in: realm, at: now, on: connection)
            if let refusal { return .rollback(.failure(refusal)) }
            let events = try SpendCounter(address, policy.spend, at: now).use(on: connection)
            return .commit(.success(events + (try told?.insertIfAffordable(on: connection) ?? [])))
        }
        events.forEach(outbox.report)
        if told != nil { outbox.wake() }
    }

    func compare(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp
    ) throws(AuthError) {
        _ = try judge(code, for: purpose, of: holder, in: realm, policy: policy, at: now) { _, _, _ in
            .rollback(.success([]))
        }
    }

    /// Compares a code in a transaction, the try counted first; `redeem` says what comes of a right one, whose try is given
    /// back. It is told the row's key and address.
    private func judge(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp,
        redeem: ([SQLValue], String, MariaDBConnection) throws(MariaDBError) -> Database.Decision<[SpendEvent]>
    ) throws(AuthError) -> [SpendEvent] {
        try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                guard let row = try Self.row(of: holder, purpose, in: realm, on: connection) else { return false }
                if try row.isNull(3) { return false }
                return try row.moment(3) == now
            },
            { connection throws(MariaDBError) -> Database.Decision<[SpendEvent]> in
                let row = try Self.row(of: holder, purpose, in: realm, on: connection)
                guard let row, try row.isNull(3), try row.moment(4) > now else {
                    return .rollback(.failure(.noChallenge))
                }
                let (digest, target) = (CodeDigest(keyID: try row.key(1), octets: try row.octets(0)), try row.key(2))
                let key: [SQLValue] = [.realm(realm), .key(purpose.rawValue), .key(target)]
                let counter = RateCounter(.wrongCodes, realm: realm, address: target)
                let rate = Rate(policy.attemptsPerDay, in: Self.day)
                guard try Self.reserveTry(key, on: connection),
                    try counter.count(rate, at: now, on: connection).wait == nil
                else { return .rollback(.failure(.attemptsExhausted)) }
                do throws(AuthError) {
                    guard try codes.matches(code, digest, in: realm, for: purpose, target: target) else {
                        return .commit(.failure(.wrongCode))
                    }
                } catch {
                    return .rollback(.failure(error))
                }
                try counter.release(on: connection)
                return try redeem(key, target, connection)
            })
    }

    /// The holder's code. The row stays locked until the transaction ends, so that of parallel tries one after the
    /// other is compared.
    private static func row(
        of holder: CodeHolder, _ purpose: Purpose, in realm: Realm, on connection: MariaDBConnection
    ) throws(MariaDBError) -> SQLRow? {
        switch holder {
        case .session(let session):
            try connection.row(
                """
                SELECT mac, mac_key, target, used_at, expires_at FROM challenge
                WHERE realm = ? AND purpose = ? AND session = ? FOR UPDATE
                """, [.realm(realm), .key(purpose.rawValue), .digest(session)])
        case .address(let address):
            try connection.row(
                """
                SELECT mac, mac_key, target, used_at, expires_at FROM challenge
                WHERE realm = ? AND purpose = ? AND target = ? AND session IS NULL FOR UPDATE
                """, [.realm(realm), .key(purpose.rawValue), .key(address.key)])
        }
    }

    /// Takes one try from a code, if it has one left.
    private static func reserveTry(
        _ key: [SQLValue], on connection: MariaDBConnection
    ) throws(MariaDBError) -> Bool {
        let matched = try connection.execute(
            """
            UPDATE challenge SET tries_left = tries_left - 1
            WHERE realm = ? AND purpose = ? AND target = ? AND used_at IS NULL AND tries_left > 0
            """, key)
        return matched == 1
    }
}
