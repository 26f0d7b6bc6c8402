import AuthDomain

extension LimitEntry {
    /// The entry as a line of columns parted by tabs.
    func line(at now: Timestamp) -> String {
        [
            name, realm ?? "-", whom, "\(count)/\(limit)", until.rfc3339, state(at: now),
            window.map(TimeSpan.text) ?? "-",
            meaning,
        ].joined(separator: "\t")
    }

    /// The entry as a JSON object.
    func json(at now: Timestamp) -> JSONValue {
        [
            "counter": .string(name), "realm": realm.map { .string($0) } ?? .null, "whom": .string(whom),
            "count": .integer(Int64(count)), "limit": .integer(Int64(limit)), "until": .string(until.rfc3339),
            "refused": .bool(isRefused), "state": .string(state(at: now)),
            "window": window.map { .string(TimeSpan.text($0)) } ?? .null, "meaning": .string(meaning),
        ]
    }

    private func state(at now: Timestamp) -> String {
        if isRefused { return "refused" }
        return until > now ? "counted" : "over"
    }
}
