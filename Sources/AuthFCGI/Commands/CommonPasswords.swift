import FoundationEssentials

/// Passwords that are refused because everybody tries them first.
enum CommonPasswords {
    /// The examples of the five APIs' documents: good for trying the examples out, and for nothing else.
    private static let examples: Set<String> = [
        "password123", "securepassword", "newsecurepassword", "secure@123", "newsecure@123", "yoursecurepassword123",
        "newsecurepassword123", "newpassword123", "securepass123+",
    ]

    /// The list that the configuration names, in lower case. The documents' examples are on it only where the
    /// configuration is strict.
    static func list(_ password: Configuration.Password) throws(StartFailure) -> Set<String> {
        var list = try words(password)
        if password.isStrict { list.formUnion(examples) } else { list.subtract(examples) }
        return list
    }

    private static func words(_ password: Configuration.Password) throws(StartFailure) -> Set<String> {
        guard let path = password.blocklist else { return [] }
        guard let data = FileManager.default.contents(atPath: path) else {
            if path == Configuration.Password().blocklist { return [] }
            throw StartFailure("password.blocklist: \(path): cannot be read")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return Set(lines.map { $0.lowercased() }.filter { !$0.hasPrefix("#") })
    }
}
