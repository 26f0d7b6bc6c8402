import AuthDomain

/// `forgot-password`, and `reset-password` under the API's own path and under that of the link.
extension Ride {
    var resetRoutes: [Route] {
        [forgotPassword] + ["\(role.base)/reset-password", role.resetPath].map(resetPassword)
    }

    private var forgotPassword: Route {
        Route(
            .post, "\(role.base)/forgot-password", RequestResetLink.self, takes: [.address("email")],
            decode: { exchange throws(AuthError) in
                RequestResetLink.Input(email: try Self.email(in: exchange)) { grant in
                    "\(client)\(role.resetPath)/\(Base64URL.encode(grant.octets))"
                }
            },
            encode: { _, _ in passwordAnswer(role.linkSent) })
    }

    private func resetPassword(below path: String) -> Route {
        Route(
            .post, "\(path)/:resetToken", ResetByGrant.self, takes: [.string("password")],
            decode: { exchange throws(AuthError) in
                ResetByGrant.Input(
                    grant: exchange.segment.flatMap { Base64URL.decode($0) }.flatMap(SessionSecret.init(octets:)),
                    password: Password(try exchange.text("password", required: .password)))
            },
            encode: { _, _ in passwordAnswer(role.passwordSet) })
    }

    /// An answer about a password, its members in the order of the role's document.
    private func passwordAnswer(_ message: String) -> HTTPResponse {
        role.printsMessageFirst
            ? .json(.ok, ["status": .integer(200), "message": .string(message), "data": [:]])
            : Self.answer(.ok, message)
    }
}
