import AuthDomain

/// The limits of messages, and of the codes in them.
extension LimitLedger {
    /// What limits messages to an address, and its codes.
    func messages(to address: Address, in realm: Realm, at now: Timestamp) throws(AuthError) -> [LimitEntry] {
        let codes = policy.codes
        var entries = try policy.isUniform ? asks(for: address, in: realm, at: now) : []
        for (name, rate, meaning) in [
            (
                RateCounter.Name.messages, Rate(codes.messagesPerHour, in: .seconds(3_600)),
                "messages to this address in an hour"
            ),
            (.resetLinks, Rate(1, in: codes.resendAfter), "links to set a new password, between two of them"),
            (
                .wrongCodes, Rate(codes.attemptsPerDay, in: .seconds(86_400)),
                "wrong codes for this address in a day, all codes together"
            ),
        ] {
            entries += try counters(name, subject: "\(realm) \(address.key)").map {
                $0.entry(name, rate, realm: realm, whom: address.key, meaning: meaning, at: now)
            }
        }
        let present = try database.rows(
            """
            SELECT purpose, tries_left, sent_at, expires_at FROM challenge
            WHERE realm = ? AND target = ? AND used_at IS NULL ORDER BY purpose
            """, [.realm(realm), .key(address.key)]
        ) { row throws(MariaDBError) in
            (try row.key(0), Int(clamping: try row.integer(1)), try row.moment(2), try row.moment(3))
        }
        for (purpose, left, sent, expires) in present {
            let allowed = sent + codes.resendAfter
            if allowed > now, !policy.isUniform {
                entries.append(
                    LimitEntry(
                        place: .interval, name: "resend", realm: realm.key, whom: address.key, count: 1, limit: 1,
                        until: allowed, isRefused: true, meaning: "a code for \(purpose) was sent just now"))
            }
            guard expires > now else { continue }
            entries.append(
                LimitEntry(
                    place: .code(realm: realm.key, purpose: purpose, target: address.key), name: "code",
                    realm: realm.key, whom: address.key, count: max(0, codes.attempts - left), limit: codes.attempts,
                    until: expires, isRefused: left == 0, meaning: "wrong tries of the code for \(purpose)"))
        }
        return entries
    }

    /// How often each call was asked for a message to an address: the limits where calls are counted apart.
    private func asks(for address: Address, in realm: Realm, at now: Timestamp) throws(AuthError) -> [LimitEntry] {
        var entries: [LimitEntry] = []
        for asking in Asking.allCases {
            for (name, rate, meaning) in [
                (RateCounter.Name.asks, Rate(1, in: policy.codes.resendAfter), "between two of them"),
                (.asksPerHour, Rate(policy.codes.messagesPerHour, in: .seconds(3_600)), "in an hour"),
            ] {
                entries += try counters(name, subject: "\(realm) \(asking.rawValue) \(address.key)").map {
                    $0.entry(
                        name, rate, realm: realm, whom: address.key,
                        meaning: "calls for a message to this address (\(asking.rawValue)), \(meaning)", at: now)
                }
            }
        }
        return entries
    }

    /// What the addresses have in common with others'.
    func shared(_ identifiers: [AccountIdentifier], at now: Timestamp) throws(AuthError) -> [LimitEntry] {
        var entries: [LimitEntry] = []
        for address in identifiers.compactMap(\.address) {
            let medium = Medium(address)
            entries += try counters(.allMessages, subject: medium.rawValue).filter { $0.ends > now }.map {
                $0.entry(
                    .allMessages, policy.codes.spend.perDay(address), whom: medium.rawValue,
                    meaning: "messages of all realms in a day", at: now, owner: .everybody)
            }
            guard let phone = address.phone else { continue }
            if !policy.codes.spend.reaches(address) {
                entries.append(
                    LimitEntry(
                        place: .interval, name: "countries", realm: nil, whom: phone.country, count: 0, limit: 0,
                        until: now, isRefused: true, meaning: "no texts go to this country (limits.sms_countries)",
                        owner: .everybody))
            }
            guard policy.codes.spend.ranges.judgedAfter > 0 else { continue }
            for range in SpendCounter.ranges(of: phone, policy.codes.spend.ranges) {
                if let entry = try entry(of: range, at: now) { entries.append(entry) }
            }
        }
        return entries
    }

    private func entry(of range: RangeCounter, at now: Timestamp) throws(AuthError) -> LimitEntry? {
        let row = try database.row(
            "SELECT count, used, carried, window_ends FROM rate_counter WHERE name = ? AND subject = ?",
            [.key(RateCounter.Name.ranges.rawValue), .key(range.range)]
        ) { row throws(MariaDBError) in try RangeCounter.State(row, from: 0) }
        guard let state = row, state.ends > now || range.stops(state) else { return nil }
        return LimitEntry(
            place: .counter(.ranges, subject: range.range), name: RateCounter.Name.ranges.rawValue, realm: nil,
            whom: range.range, count: state.sent,
            limit: state.isProbed ? range.policy.probes : range.policy.judgedAfter, until: state.ends,
            isRefused: state.ends > now && range.stops(state),
            meaning: "codes texted to this range of numbers, \(state.used) of them used", owner: .range)
    }
}
