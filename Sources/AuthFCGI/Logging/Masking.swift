/// Addresses of people, as far as a log may have them. Network addresses are logged whole.
enum Masking {
    /// "a***@e***.com" of a mail address; "***" of what is none.
    static func email(_ text: String) -> String {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let domain = parts.last,
            let initial = local.first, let host = domain.first, let dot = domain.lastIndex(of: "."),
            dot > domain.startIndex
        else { return "***" }
        return "\(initial)***@\(host)***\(domain[dot...])"
    }

    /// "+33*****78" of a phone number; "***" of one that is too short to hide anything in.
    static func phone(_ text: String) -> String {
        guard text.count >= 9 else { return "***" }
        return "\(text.prefix(3))*****\(text.suffix(2))"
    }

    /// The first letter of a nickname.
    static func nickname(_ text: String) -> String {
        guard text.count >= 3, let initial = text.first else { return "***" }
        return "\(initial)***"
    }

    /// Whichever of the three a text is: what a person typed to log in.
    static func identifier(_ text: String) -> String {
        if text.contains("@") { return email(text) }
        let isPhone = text.allSatisfy { $0.isNumber || "+-. ()".contains($0) }
        return isPhone ? phone(text) : nickname(text)
    }
}
