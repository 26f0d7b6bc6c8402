extension Configuration {
    /// `[otp]`: the codes that messages carry.
    struct OTP: Hashable, Sendable {
        var digits = 6
        var ttl = Duration.seconds(600)
        /// Wrong tries for one code.
        var maxAttempts = 5
        /// Wrong tries for one address in one realm.
        var attemptsPerDay = 10
        var resendAfter = Duration.seconds(60)
        /// Messages to one address.
        var perHour = 5

        static let keys = [
            ConfigurationKey("otp", "digits", \.otp.digits, .integer(6...10), "of a code"),
            ConfigurationKey("otp", "ttl", \.otp.ttl, .duration(.seconds(30)...(.seconds(86_400))), "of a code"),
            ConfigurationKey("otp", "max_attempts", \.otp.maxAttempts, .integer(1...20), "wrong tries for one code"),
            ConfigurationKey(
                "otp", "attempts_per_day", \.otp.attemptsPerDay, .integer(1...1000),
                "wrong tries for one address in one realm, all its codes together"),
            ConfigurationKey(
                "otp", "resend_after", \.otp.resendAfter, .duration(.zero...(.seconds(3600))),
                "before another code goes to the same address"),
            ConfigurationKey("otp", "per_hour", \.otp.perHour, .integer(1...1000), "messages to one address"),
        ]
    }
}
