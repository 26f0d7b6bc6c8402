/// What a person wants to be called: 1 to 128 Unicode scalars, no control characters, kept as typed.
package struct DisplayName: Hashable, Sendable {
    /// How many Unicode scalars a name may have.
    package static let lengths = 1...128

    /// The name.
    package let text: String

    /// Nil when `text` is no display name.
    package init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard Self.lengths.contains(scalars.count), scalars.allSatisfy(Self.isPrintable),
            scalars.contains(where: { !$0.properties.isWhitespace })
        else { return nil }
        self.text = text
    }

    /// A name that was read before and stored.
    package init(stored text: String) {
        self.text = text
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }
}
