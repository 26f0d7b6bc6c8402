extension Configuration {
    /// `[security]`: what answers give away.
    struct Security: Hashable, Sendable {
        /// Whether answers tell that an account exists.
        enum RevealAccounts: String, CaseIterable, Sendable {
            /// Where the API's document says so.
            case documented
            /// Never.
            case uniform
        }

        var revealAccounts = RevealAccounts.documented
        var revealCodes = false

        static let keys = [
            ConfigurationKey(
                "security", "reveal_accounts", \.security.revealAccounts, .choice,
                "whether answers tell that an account exists"),
            ConfigurationKey(
                "security", "reveal_codes", \.security.revealCodes, .boolean,
                "development only: codes stand in the answer; refused with a real mail transport"),
        ]
    }
}
