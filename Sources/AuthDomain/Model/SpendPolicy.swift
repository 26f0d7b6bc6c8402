/// How much may be spent on messages, and on whom: of all realms together.
package struct SpendPolicy: Sendable {
    package var mailsPerDay = 50_000
    package var textsPerDay = 5_000
    /// The calling codes of the countries that are texted; empty: all.
    package var countries: [String] = []
    /// When texting to a range of numbers stops.
    package var ranges = RangePolicy()

    package init() {}

    /// The day's limit of what reaches this address.
    package func perDay(_ address: Address) -> Rate {
        switch address {
        case .email: Rate(mailsPerDay, in: .seconds(86_400))
        case .phone: Rate(textsPerDay, in: .seconds(86_400))
        }
    }

    /// Whether messages go to this address at all.
    package func reaches(_ address: Address) -> Bool {
        guard let phone = address.phone, !countries.isEmpty else { return true }
        // No calling code begins with another (ITU-T E.164, 6.1).
        return countries.contains { phone.key.dropFirst().hasPrefix($0) }
    }
}
