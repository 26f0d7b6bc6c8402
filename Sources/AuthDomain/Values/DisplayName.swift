/// What a person wants to be called: 1 to 128 Unicode scalars, no control characters, kept as typed.
package struct DisplayName: Hashable, Sendable {
    /// The name.
    package let text: String

    /// Nil when `text` is no display name.
    package init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard (1...128).contains(scalars.count), scalars.allSatisfy(Self.isPrintable),
            scalars.contains(where: { !$0.properties.isWhitespace })
        else { return nil }
        self.text = text
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }
}
