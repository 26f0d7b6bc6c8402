/// What a new password must be (NIST SP 800-63B-4, 3.1.1.2).
package struct PasswordPolicy: Sendable {
    /// No password is longer, in octets: hashing time must not depend on what a client sends.
    package static let longestOctets = 1_024

    /// Character classes that a password may have to contain.
    package enum Class: CaseIterable, Sendable {
        case upper, lower, digit, symbol
    }

    /// Unicode scalars, not grapheme clusters.
    package var lengths = 8...256
    /// Classes of which each must occur.
    package var classes: Set<Class> = []
    /// Passwords that are too common, in lower case.
    package var blocklist: Set<String> = []

    package init() {}

    /// Whether `password` may become that of the account that `identifiers` name: it is none of them, however it is written;
    /// a number without a country has `callingCode`.
    package func accepts(
        _ password: Password, of identifiers: [AccountIdentifier], callingCode: String? = nil
    ) -> Bool {
        let text = password.text
        guard password.isHashable, lengths.contains(text.unicodeScalars.count) else { return false }
        guard classes.allSatisfy({ required in text.unicodeScalars.contains { Self.class(of: $0) == required } })
        else { return false }
        let folded = text.lowercased()
        guard !blocklist.contains(folded) else { return false }
        return !identifiers.contains { identifier in
            if identifier.key.utf8.elementsEqual(folded.utf8) { return true }
            return switch identifier {
            case .nickname: false
            case .phone(let phone): PhoneNumber(text, callingCode: callingCode) == phone
            case .email(let email): EmailAddress(text) == email
            }
        }
    }

    private static func `class`(of scalar: Unicode.Scalar) -> Class? {
        let properties = scalar.properties
        if properties.isUppercase { return .upper }
        if properties.isLowercase { return .lower }
        if properties.numericType == .decimal { return .digit }
        switch properties.generalCategory {
        case .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .connectorPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            return .symbol
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .spaceSeparator,
            .lineSeparator, .paragraphSeparator, .control, .format, .surrogate, .privateUse, .unassigned:
            return nil
        @unknown default:
            return nil
        }
    }
}
