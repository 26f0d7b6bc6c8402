extension Configuration {
    /// `[log]`: what is logged, and how.
    struct Log: Hashable, Sendable {
        /// How a line is written.
        enum Format: String, CaseIterable, Sendable {
            case logfmt
            case json
        }

        /// How much is logged: this level and what is graver.
        enum Level: String, CaseIterable, Sendable {
            case trace, debug, info, notice, warning, error, critical
        }

        var format = Format.logfmt
        var level = Level.info
        var slow = Duration.milliseconds(500)

        static let keys = [
            ConfigurationKey("log", "format", \.log.format, .choice, "of a line"),
            ConfigurationKey("log", "level", \.log.level, .choice, "what is less grave is not logged"),
            ConfigurationKey(
                "log", "slow", \.log.slow, .duration(.milliseconds(1)...(.seconds(300))),
                "a request that takes longer is logged as a warning"),
        ]
    }
}
