import AuthDomain

/// One-time codes in the table `challenge`: one row for a realm, purpose and address, with the newest code's digest.
struct MariaDBChallengeStore: ChallengeStore {
    let database: Database
    let codes: any CodeDigester
    let outbox: Outbox

    /// How long a registration waits for its proof.
    private static let pendingLifetime: Duration = .seconds(86_400)

    func issue(
        _ challenge: Challenge, for occasion: Occasion, counting budgets: [Budget]
    ) throws(AuthError) {
        let digest = try codes.digest(
            challenge.code, in: challenge.realm, for: challenge.purpose, target: challenge.address.key)
        let isSilent = Self.isSilent(occasion) && challenge.substitute == nil
        let message = try outbox.sealed(isSilent ? challenge.message.forNobody : challenge.message)
        // Only where calls are counted apart may one take its place.
        let silence = challenge.asking == nil ? message : try outbox.sealed(challenge.message.forNobody)
        let spending = SpendCounter(challenge.address, challenge.policy.spend, at: challenge.issued)
        let events = try database.transaction(
            resolvingDoubt: { connection throws(MariaDBError) in
                try connection.row(
                    "SELECT 1 FROM challenge WHERE realm = ? AND purpose = ? AND target = ? AND mac = ? FOR UPDATE",
                    challenge.key + [.octets(digest.octets)]) != nil
            },
            { connection throws(MariaDBError) -> Database.Decision<[SpendEvent]> in
                var wait = try MariaDBRateLimiter.take(budgets, at: challenge.issued, on: connection)
                if wait == nil, case .registration(_, let replacing) = occasion {
                    wait = try Self.replace(replacing, by: challenge, on: connection)
                }
                if wait == nil { wait = try Self.store(challenge, digest, for: occasion, on: connection) }
                if let wait { return .rollback(.failure(.tooManyRequests(retryAfter: max(wait, .seconds(1))))) }
                let allowance = try MessageAllowance(
                    for: challenge.address, by: challenge.asking, in: challenge.realm,
                    perHour: challenge.policy.messagesPerHour, at: challenge.issued, on: connection)
                if case .none(let wait) = allowance {
                    return .rollback(.failure(.tooManyRequests(retryAfter: wait)))
                }
                if let field = try Self.begin(occasion, challenge, on: connection) {
                    return .rollback(.failure(.taken(field)))
                }
                try (allowance == .message ? message : silence).insert(on: connection)
                return try spending.count(on: connection).decision(outbox.report)
            })
        events.forEach(outbox.report)
        outbox.wake()
    }

    func wasAsked(for purpose: Purpose, of address: Address, in realm: Realm) throws(AuthError) -> Bool {
        try database.row(
            """
            SELECT 1 FROM challenge
            WHERE realm = ? AND purpose = ? AND target = ? AND used_at IS NULL AND NOT is_withheld
            """, [.realm(realm), .key(purpose.rawValue), .key(address.key)]) != nil
    }

    /// Whether the code is for nobody.
    private static func isSilent(_ occasion: Occasion) -> Bool {
        if case .nobody = occasion { return true }
        return false
    }

    /// Writes down what comes into being with the code. The field that another account has, if the occasion's account
    /// cannot be made.
    private static func begin(
        _ occasion: Occasion, _ challenge: Challenge, on connection: MariaDBConnection
    ) throws(MariaDBError) -> Field? {
        switch occasion {
        case .registration(let session, _): try session.insert(registering: challenge.address, on: connection)
        case .pendingAccount(let account, let session):
            try account.insertPending(
                challenge.address, until: challenge.issued + pendingLifetime, on: connection)
            try session.insert(registering: challenge.address, on: connection)
        case .account(let account, let session):
            if let field = try account.insert(on: connection) { return field }
            try session.insert(for: account.id, on: connection)
        case .again, .nobody: break
        }
        return nil
    }

    /// Ends the session that the request carried. How long to wait when its last code is too young: an ended one
    /// counts too, so that an old copy of its cookie gets no further.
    private static func replace(
        _ digest: SessionDigest?, by challenge: Challenge, on connection: MariaDBConnection
    ) throws(MariaDBError) -> Duration? {
        guard let digest else { return nil }
        let youngest = challenge.issued - challenge.policy.resendAfter
        let replaced = try connection.execute(
            """
            UPDATE session SET ended_at = COALESCE(ended_at, ?), code_sent_at = ?
            WHERE digest = ? AND realm = ? AND kind = 'registration' AND code_sent_at <= ?
            """,
            [
                .time(challenge.issued), .time(challenge.issued), .digest(digest), .realm(challenge.realm),
                .time(youngest),
            ])
        guard replaced == 0 else { return nil }
        let row = try connection.row(
            "SELECT code_sent_at FROM session WHERE digest = ? AND realm = ? AND kind = 'registration'",
            [.digest(digest), .realm(challenge.realm)])
        return try row?.moment(0).since(youngest)
    }

    /// Writes the code down in place of the one before, by one statement, whether or not there is one; columns are set
    /// from left to right, each from what those before it have become (MariaDB, UPDATE). How long to wait when that one
    /// is too young, or, where calls are counted apart, the last of this call.
    private static func store(
        _ challenge: Challenge, _ code: CodeDigest, for occasion: Occasion, on connection: MariaDBConnection
    ) throws(MariaDBError) -> Duration? {
        let interval = challenge.policy.resendAfter
        var youngest = challenge.issued - interval
        if let asking = challenge.asking {
            let asked = RateCounter(
                .asks, realm: challenge.realm, address: "\(asking.rawValue) \(challenge.address.key)")
            if let wait = try asked.count(Rate(1, in: interval), at: challenge.issued, on: connection).wait {
                return wait
            }
            // Whatever call the present code is of, it gives way.
            youngest = challenge.issued + interval
        }
        var session = SQLValue.null
        if case .registration(let new, _) = occasion { session = .digest(new.digest) }
        let row = try connection.row(
            """
            INSERT INTO challenge
              (realm, purpose, target, session, mac, mac_key, tries_left, expires_at, is_withheld, sent_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE
              is_refused = sent_at > ?,
              session = IF(is_refused, session, VALUES(session)), mac = IF(is_refused, mac, VALUES(mac)),
              mac_key = IF(is_refused, mac_key, VALUES(mac_key)),
              tries_left = IF(is_refused, tries_left, VALUES(tries_left)),
              expires_at = IF(is_refused, expires_at, VALUES(expires_at)),
              is_withheld = IF(is_refused, is_withheld, VALUES(is_withheld)),
              used_at = IF(is_refused, used_at, NULL), sent_at = IF(is_refused, sent_at, VALUES(sent_at))
            RETURNING is_refused, sent_at
            """,
            challenge.key + [
                session, .octets(code.octets), .key(code.keyID), .integer(Int64(challenge.policy.attempts)),
                .time(challenge.expires), .integer(isSilent(occasion) || challenge.substitute != nil ? 1 : 0),
                .time(challenge.issued), .time(youngest),
            ])
        guard let row else { throw MariaDBError(.other, "a code was not returned") }
        return try row.integer(0) == 0 ? nil : row.moment(1).since(youngest)
    }
}

extension Challenge {
    /// The key of the code's row.
    fileprivate var key: [SQLValue] { [.realm(realm), .key(purpose.rawValue), .key(address.key)] }
}
