/// A JSON object: its members in the order of the text, no name twice.
struct JSONObject: Equatable, Sendable {
    /// One name and its value.
    struct Member: Equatable, Sendable {
        let name: String
        let value: JSONValue
    }

    let members: [Member]

    /// The value of a member, compared octet by octet; a `null` counts as absent.
    subscript(name: String) -> JSONValue? {
        let member = members.first { $0.name.utf8.elementsEqual(name.utf8) }
        return member?.value == .null ? nil : member?.value
    }

    /// The object with another value of a member that it has.
    func setting(_ name: String, to value: JSONValue) -> JSONObject {
        JSONObject(
            members: members.map { $0.name.utf8.elementsEqual(name.utf8) ? Member(name: name, value: value) : $0 })
    }
}
