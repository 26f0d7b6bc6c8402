import AuthDomain

/// `forgot-password`, `verify-otp` and `reset-password`: from a forgotten password to a new one.
extension Contacts {
    static let resetRoutes = [
        Route(
            .post, base + "/forgot-password", takes: [.address("email")]
        ) { exchange, call, services throws(AuthError) in
            if let email = EmailAddress(try exchange.text("email", required: .email)) {
                do throws(AuthError) {
                    try RequestReset.run(
                        RequestReset.Input(addresses: [.email(email)]), in: call, with: services)
                } catch .tooManyRequests {
                    // The answer stays the same: how often an address was asked for is nobody else's business.
                }
            }
            return success(.ok, "Success, an OTP has been sent.")
        },
        Route(
            .post, base + "/verify-otp", takes: [.address("email"), .string("otp")]
        ) { exchange, call, services throws(AuthError) in
            let issued = try ExchangeResetCode.run(try code(in: exchange), in: call, with: services)
            let token = try exchange.sealing.tokens.issue(
                .reset, Token(session: issued.session, account: issued.account), realm: call.realm, at: call.now,
                expires: call.now + issued.lifetime)
            return success(.ok, "OTP verified successfully", ["resetToken": .string(token)])
        },
        Route(
            .post, base + "/reset-password", takes: [.string("resetToken"), .string("newPassword")]
        ) { exchange, call, services throws(AuthError) in
            let text = try exchange.text("resetToken", required: .grant)
            let password = Password(try exchange.text("newPassword", required: .password))
            let token = exchange.sealing.tokens.read(text, as: .reset, realm: call.realm, at: call.now)
            try ResetByGrant.run(
                ResetByGrant.Input(grant: token?.session, password: password), in: call, with: services)
            return success(.ok, "Password reset successfully")
        },
    ]

    private static func code(in exchange: Exchange) throws(AuthError) -> ExchangeResetCode.Input {
        let email = try exchange.text("email", required: .email)
        let code = try exchange.text("otp", required: .code)
        guard let email = EmailAddress(email), let code = OneTimeCode(code) else { throw .invalid(.code) }
        return ExchangeResetCode.Input(email: email, code: code)
    }
}
