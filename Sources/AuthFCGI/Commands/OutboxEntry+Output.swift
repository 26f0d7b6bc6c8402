import AuthDomain

extension OutboxLedger.Entry {
    /// The entry as a line of columns parted by tabs.
    var line: String {
        [
            "\(id)", medium, realm, state, "\(attempts)", created.rfc3339, due?.rfc3339 ?? "-", expires.rfc3339,
            reason ?? "-",
        ].joined(separator: "\t")
    }

    /// The entry as a JSON object.
    var json: JSONValue {
        [
            "id": .integer(id), "medium": .string(medium), "realm": .string(realm), "state": .string(state),
            "attempts": .integer(attempts), "created_at": .string(created.rfc3339),
            "due_at": due.map { .string($0.rfc3339) } ?? .null, "expires_at": .string(expires.rfc3339),
            "reason": reason.map { .string($0) } ?? .null,
        ]
    }
}
