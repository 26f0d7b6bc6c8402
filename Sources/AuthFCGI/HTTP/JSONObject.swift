/// A JSON object: its members in the order of the text, no name twice.
struct JSONObject: Equatable, Sendable {
    /// One name and its value.
    struct Member: Equatable, Sendable {
        let name: String
        let value: JSONValue

        /// Whether its name is this, octet by octet: two texts that only look alike are two names.
        func isCalled(_ other: String) -> Bool { name.hasSameOctets(as: other) }
    }

    let members: [Member]

    /// The value of a member, compared octet by octet; a `null` counts as absent.
    subscript(name: String) -> JSONValue? {
        guard let index = members.firstIndex(where: { $0.isCalled(name) }) else { return nil }
        if case .null = members[index].value { return nil }
        return members[index].value
    }

    /// The object with another value of a member that it has.
    func setting(_ name: String, to value: JSONValue) -> JSONObject {
        JSONObject(
            members: members.map { $0.isCalled(name) ? Member(name: name, value: value) : $0 })
    }
}
