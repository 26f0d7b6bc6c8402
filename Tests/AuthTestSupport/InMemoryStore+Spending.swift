import AuthDomain

extension InMemoryStore.State {
    /// Counts a message; how long to wait when it may not go. Nothing is counted then but for the caller to take back.
    mutating func spend(on address: Address, _ policy: SpendPolicy, at now: Timestamp) -> Duration? {
        if let phone = address.phone {
            for (range, policy) in [(phone.country, policy.ranges.ofCountry), (phone.range, policy.ranges)] {
                if let wait = text("range \(range)", policy, at: now) { return wait }
            }
        }
        return spendOne(on: address, policy, at: now)
    }

    /// Counts a message of the day; how long to wait when it has none left.
    private mutating func spendOne(on address: Address, _ policy: SpendPolicy, at now: Timestamp) -> Duration? {
        reserve("day \(address.phone == nil ? "mail" : "sms")", policy.perDay(address), at: now)
    }

    /// Puts a notice into the outbox, if the day has a message left for it.
    mutating func tell(_ notice: Message?) {
        guard let notice else { return }
        if let spend = notice.spend, spendOne(on: notice.address, spend, at: notice.created) != nil { return }
        send(notice)
    }

    /// A code to the phone was used.
    mutating func use(_ phone: PhoneNumber, at now: Timestamp) {
        for name in ["range \(phone.country)", "range \(phone.range)"] {
            guard let row = windows[name], row.ends > now else { continue }
            windows[name]?.used += 1
        }
    }

    /// Counts a text to a range of numbers; how long to wait when there are none.
    private mutating func text(_ name: String, _ policy: RangePolicy, at now: Timestamp) -> Duration? {
        guard policy.judgedAfter > 0 else { return nil }
        func stops(_ row: InMemoryStore.Window) -> Bool {
            policy.stops(sent: row.count, used: row.used, isProbed: row.carried > 0)
        }
        var row = windows[name] ?? InMemoryStore.Window(count: 0, ends: now)
        if row.ends > now {
            if stops(row) { return row.ends.since(now) }
            row.count += 1
            if stops(row) { row.ends = now + policy.pause }
        } else {
            row = InMemoryStore.Window(count: 1, ends: now + policy.window, carried: stops(row) ? 1 : 0)
            if stops(row) { row.ends = now + policy.pause }
        }
        windows[name] = row
        return nil
    }
}
