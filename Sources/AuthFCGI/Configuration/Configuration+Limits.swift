extension Configuration {
    /// `[limits]`: how often, counted in the database and so the same on every host.
    struct Limits: Hashable, Sendable {
        var loginPerAccount = Rate(10, in: .seconds(900))
        var loginPerIP = Rate(100, in: .seconds(300))
        var loginWaitMax = Duration.seconds(86_400)
        var signupPerIP = Rate(100, in: .seconds(3600))
        var mailPerDay = 50_000
        var smsPerDay = 5000
        /// Calling codes; empty means all.
        var smsCountries: [String] = []
        /// Codes; 0 means that no range is judged.
        var smsBreakerAfter = 50
        var smsBreakerUsed = 5
        var smsBreakerWindow = Duration.seconds(21_600)
        var smsBreakerPause = Duration.seconds(3600)

        static let keys = [
            ConfigurationKey(
                "limits", "login_per_account", \.limits.loginPerAccount, .rate, "failed logins of one account"),
            ConfigurationKey("limits", "login_per_ip", \.limits.loginPerIP, .rate, "failed logins from one address"),
            ConfigurationKey(
                "limits", "login_wait_max", \.limits.loginWaitMax, .duration(.seconds(1)...(.seconds(86_400))),
                "how long the wait grows for who goes on, and how long it has to be quiet to end that"),
            ConfigurationKey("limits", "signup_per_ip", \.limits.signupPerIP, .rate, "sign-ups from one address"),
            ConfigurationKey(
                "limits", "mail_per_day", \.limits.mailPerDay, .integer(0...100_000_000), "mails of all realms"),
            ConfigurationKey(
                "limits", "sms_per_day", \.limits.smsPerDay, .integer(0...100_000_000), "texts of all realms"),
            ConfigurationKey(
                "limits", "sms_countries", \.limits.smsCountries, .list(of: Phone.callingCode),
                "calling codes that texts go to; empty means all"),
            ConfigurationKey(
                "limits", "sms_breaker_after", \.limits.smsBreakerAfter, .integer(0...1_000_000),
                "codes texted to one range of numbers (seven digits) before it is judged, ten times as many to one"
                    + " country; 0 judges none"),
            ConfigurationKey(
                "limits", "sms_breaker_used", \.limits.smsBreakerUsed, .integer(1...100),
                "of a hundred of them so many must be used, else texts there stop"),
            ConfigurationKey(
                "limits", "sms_breaker_window", \.limits.smsBreakerWindow,
                .duration(.seconds(1)...(.seconds(30 * 86_400))), "how long codes are counted together"),
            ConfigurationKey(
                "limits", "sms_breaker_pause", \.limits.smsBreakerPause,
                .duration(.seconds(1)...(.seconds(30 * 86_400))), "how long texts stop before a few are tried"),
        ]
    }
}
