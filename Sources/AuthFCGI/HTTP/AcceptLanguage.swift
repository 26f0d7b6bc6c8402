import AuthDomain

/// What an `Accept-Language` says (RFC 9110, 12.5.4).
enum AcceptLanguage {
    /// Further languages are not looked at.
    private static let most = 5
    /// The longest field that is read, in octets.
    private static let longest = 1_024

    /// The languages that somebody reads, the best first; those that are not wanted, and what is no language, left out.
    static func languages(_ field: String) -> [LanguageTag] {
        guard !field.isEmpty, field.utf8.count <= longest else { return [] }
        var found: [(tag: LanguageTag, weight: Int)] = []
        for element in field.split(separator: ",") {
            let parts = element.split(separator: ";").map { part in part.filter { $0 != " " && $0 != "\t" } }
            guard let name = parts.first, let tag = LanguageTag(name), let weight = weight(parts.dropFirst()),
                weight > 0, !found.contains(where: { $0.tag == tag })
            else { continue }
            found.append((tag, weight))
        }
        // The order stays among equals: sorting is stable.
        return found.sorted { $0.weight > $1.weight }.prefix(most).map(\.tag)
    }

    /// A weight in thousandths: `q=0.8` is 800, and no weight is 1000 (RFC 9110, 12.4.2). Nil when it is malformed.
    private static func weight(_ parameters: ArraySlice<String>) -> Int? {
        guard let text = parameters.first else { return 1_000 }
        guard parameters.count == 1, text.lowercased().hasPrefix("q=") else { return nil }
        let parts = text.dropFirst(2).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1", parts.count <= 2 else { return nil }
        let digits = parts.count == 2 ? parts[1] : ""
        guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let fraction = Int(digits + String(repeating: "0", count: 3 - digits.utf8.count)) ?? 0
        return whole == "1" ? (fraction == 0 ? 1_000 : nil) : fraction
    }
}
