extension Configuration {
    /// `[limits]`: how often, counted in the database and so the same on every host.
    struct Limits: Hashable, Sendable {
        var loginPerAccount = Rate(10, in: .seconds(900))
        var loginPerIP = Rate(100, in: .seconds(300))
        var signupPerIP = Rate(100, in: .seconds(3600))
        var mailPerDay = 50_000
        var smsPerDay = 5000
        /// Calling codes; empty means all.
        var smsCountries: [String] = []

        static let keys = [
            ConfigurationKey(
                "limits", "login_per_account", \.limits.loginPerAccount, .rate, "failed logins of one account"),
            ConfigurationKey("limits", "login_per_ip", \.limits.loginPerIP, .rate, "failed logins from one address"),
            ConfigurationKey("limits", "signup_per_ip", \.limits.signupPerIP, .rate, "sign-ups from one address"),
            ConfigurationKey(
                "limits", "mail_per_day", \.limits.mailPerDay, .integer(0...100_000_000), "mails of all realms"),
            ConfigurationKey(
                "limits", "sms_per_day", \.limits.smsPerDay, .integer(0...100_000_000), "texts of all realms"),
            ConfigurationKey(
                "limits", "sms_countries", \.limits.smsCountries, .list(of: Phone.callingCode),
                "calling codes that texts go to; empty means all"),
        ]
    }
}
