import AuthDomain

extension Policy {
    /// The numbers that the configuration gives to every API.
    init(_ configuration: Configuration, blocklist: Set<String>) {
        self.init()
        codes.digits = configuration.otp.digits
        codes.lifetime = configuration.otp.ttl
        codes.attempts = configuration.otp.maxAttempts
        codes.attemptsPerDay = configuration.otp.attemptsPerDay
        codes.resendAfter = configuration.otp.resendAfter
        codes.messagesPerHour = configuration.otp.perHour
        sessions.idle = configuration.sessions.idle
        sessions.absolute = configuration.sessions.absolute
        sessions.perAccount = configuration.sessions.perAccount
        tokens.access = configuration.tokens.accessTTL
        tokens.refresh = configuration.tokens.refreshTTL
        tokens.bearer = configuration.tokens.bearerTTL
        tokens.reset = configuration.tokens.resetTTL
        codes.spend = SpendPolicy(configuration.limits)
        let longest = configuration.limits.loginWaitMax
        limits.failedLoginsPerAccount = Rate(configuration.limits.loginPerAccount).growingWithEvents(to: longest)
        limits.failedLoginsPerClient = Rate(configuration.limits.loginPerIP).growingWhenUsedUp(to: longest)
        limits.signUpsPerClient = Rate(configuration.limits.signupPerIP)
        isUniform = configuration.security.revealAccounts == .uniform
        revealsCodes = configuration.security.revealCodes
        callingCode = configuration.phone.defaultCallingCode
        passwords.lengths = configuration.password.minLength...256
        passwords.blocklist = blocklist
    }
}

extension SpendPolicy {
    /// The numbers of the configuration.
    init(_ limits: Configuration.Limits) {
        self.init()
        mailsPerDay = limits.mailPerDay
        textsPerDay = limits.smsPerDay
        countries = limits.smsCountries
        ranges.judgedAfter = limits.smsBreakerAfter
        ranges.usedPercent = limits.smsBreakerUsed
        ranges.window = limits.smsBreakerWindow
        ranges.pause = limits.smsBreakerPause
    }
}

extension Rate {
    /// The rate as the domain knows it.
    init(_ rate: Configuration.Rate) { self.init(rate.count, in: rate.window) }
}
