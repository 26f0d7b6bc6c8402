import AuthDomain

/// `forgot-password` and `reset-password`: a new password for who has the address.
extension Compass {
    static func passwordRoutes(callingCode: String?) -> [Route] {
        [
            Route(
                .post, "/user/forgot-password", RequestReset.self, takes: CompassBody.identification,
                decode: { exchange throws(AuthError) in
                    RequestReset.Input(addresses: try CompassBody(exchange, callingCode: callingCode).namedAddresses)
                },
                encode: { _, _ in done("OTP sent successfully") }),
            Route(
                .post, "/user/reset-password", ResetByCode.self,
                takes: [.string("otp")] + CompassBody.identification + [.string("new_password")],
                decode: { exchange throws(AuthError) in
                    let addresses = try CompassBody(exchange, callingCode: callingCode).namedAddresses
                    let password = Password(try exchange.text("new_password", required: .password))
                    return ResetByCode.Input(
                        addresses: addresses, code: try CompassBody.code(in: exchange), password: password)
                },
                encode: { _, _ in done("Password reset successfully") }),
        ]
    }
}
