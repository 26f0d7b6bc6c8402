extension Configuration {
    /// `[sessions]`: how long a login lasts.
    struct Sessions: Hashable, Sendable {
        /// Without a request.
        var idle = Duration.seconds(86_400)
        /// In all.
        var absolute = Duration.seconds(30 * 86_400)
        var perAccount = 50

        static let keys = [
            ConfigurationKey(
                "sessions", "idle", \.sessions.idle, .duration(.seconds(60)...(.seconds(365 * 86_400))),
                "a session ends after so long without a request"),
            ConfigurationKey(
                "sessions", "absolute", \.sessions.absolute, .duration(.seconds(60)...(.seconds(365 * 86_400))),
                "a session ends after so long in any case"),
            ConfigurationKey(
                "sessions", "per_account", \.sessions.perAccount, .integer(1...10_000),
                "beyond it the oldest session ends"),
        ]
    }
}
