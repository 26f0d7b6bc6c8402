import AuthDomain

/// The limits that concern somebody, as an administrator sees them.
struct LimitLedger {
    let database: Database
    let policy: Policy

    /// What is counted of somebody in these realms and has not been forgotten by `now`.
    func entries(of subject: LimitSubject, in realms: [Realm], at now: Timestamp) throws(AuthError) -> [LimitEntry] {
        switch subject {
        case .client(let client): return try entries(of: client, at: now)
        case .account(let account):
            guard let owner = try owner(account), realms.isEmpty || realms.contains(owner.realm) else { return [] }
            return try entries(of: [owner], naming: [], in: owner.realm, at: now)
        case .identifiers(let identifiers):
            var entries: [LimitEntry] = []
            for realm in realms {
                let owners = try owners(identifiers, in: realm, at: now)
                entries += try self.entries(of: owners, naming: identifiers, in: realm, at: now)
            }
            return entries + (try shared(identifiers, at: now))
        }
    }

    /// Forgets counters, and codes that had all their tries; how many there were.
    func clear(_ entries: [LimitEntry]) throws(AuthError) -> Int {
        try database.transaction { connection throws(MariaDBError) -> Database.Decision<Int> in
            var count = 0
            for entry in entries {
                switch entry.place {
                case .counter(let name, let subject):
                    count += try connection.execute(
                        "DELETE FROM rate_counter WHERE name = ? AND subject = ?", [.key(name.rawValue), .key(subject)])
                case .code(let realm, let purpose, let target):
                    count += try connection.execute(
                        """
                        DELETE FROM challenge
                        WHERE realm = ? AND purpose = ? AND target = ? AND tries_left = 0 AND used_at IS NULL
                        """, [.key(realm), .key(purpose), .key(target)])
                case .interval: break
                }
            }
            return .commit(.success(count))
        }
    }

    /// The realms that anybody is known in.
    func realms() throws(AuthError) -> [Realm] {
        try database.rows(
            "SELECT DISTINCT realm FROM account UNION SELECT DISTINCT realm FROM pending_account", []
        ) { row throws(MariaDBError) in Realm(stored: try row.key(0)) }.compactMap(\.self)
    }

    private func entries(of client: ClientAddress, at now: Timestamp) throws(AuthError) -> [LimitEntry] {
        let whom = "client \(client)"
        var entries: [LimitEntry] = []
        for (name, rate, meaning) in [
            (
                RateCounter.Name.clientFailedLogins, policy.limits.failedLoginsPerClient,
                "failed logins from this client, whatever the account"
            ),
            (.clientSignUps, policy.limits.signUpsPerClient, "sign-ups from this client"),
        ] {
            entries += try counters(name, subject: client.key).map {
                $0.entry(name, rate, whom: whom, meaning: meaning, at: now)
            }
        }
        let own = try database.rows(
            """
            SELECT subject, count, carried, window_ends FROM rate_counter
            WHERE name = ? AND RIGHT(subject, LENGTH(?)) = ? ORDER BY subject
            """,
            [.key(RateCounter.Name.failedLogins.rawValue), .key(" " + client.key), .key(" " + client.key)],
            LimitCounter.init)
        // A nickname may look like a client.
        return entries + own.filter { $0.subject.count { $0 == " " } == 2 }.map { failedLogins($0, at: now) }
    }

    private func entries(
        of owners: [Owner], naming identifiers: [AccountIdentifier], in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> [LimitEntry] {
        var entries: [LimitEntry] = []
        for owner in owners {
            entries += try counters(.failedLogins, subject: "\(realm) \(owner.id)", andBelow: true)
                .map { failedLogins($0, at: now) }
            entries += try counters(.calls, subject: "\(CallName.findAccounts.rawValue) \(owner.id)").map {
                $0.entry(
                    .calls, Rate(policy.findsPerMinute, in: .seconds(60)), realm: realm, whom: "account \(owner.id)",
                    meaning: "calls that ask which of many addresses have accounts", at: now)
            }
        }
        let names = Self.unique(identifiers + owners.flatMap(\.identifiers))
        for name in names {
            entries += try counters(.failedLogins, subject: "\(realm) \(name.key)", andBelow: true)
                .map { failedLogins($0, at: now) }
        }
        for address in names.compactMap(\.address) { entries += try messages(to: address, in: realm, at: now) }
        return entries
    }

    private func failedLogins(_ counter: LimitCounter, at now: Timestamp) -> LimitEntry {
        let parts = counter.subject.split(separator: " ").map(String.init)
        let client = parts.count == 3 ? parts.last.flatMap(ClientAddress.init(stored:)) : nil
        let name = parts.count > 1 ? parts[1] : ""
        let isAccount = AccountID(name) != nil
        let meaning =
            client.map {
                "failed logins \(isAccount ? "as the account" : "by this name") from \($0), which was logged in before"
            }
            ?? "failed logins by this name, from all clients that were not logged in before"
        return counter.entry(
            .failedLogins, policy.limits.failedLoginsPerAccount, realm: Realm(stored: parts.first ?? ""),
            whom: isAccount ? "account \(name)" : name, meaning: meaning, at: now)
    }

    private static func unique(_ identifiers: [AccountIdentifier]) -> [AccountIdentifier] {
        var seen: Set<String> = []
        return identifiers.filter { seen.insert($0.key).inserted }
    }
}
