/// Ends the session that a notice told of, for who has the notice's link.
package enum EndSessionByLink: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noGrant, .unavailable]

    /// - Throws: `.noGrant` when the link is none, used or over.
    package static func run(
        _ input: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) {
        guard let digest = try services.digest(input) else { throw .noGrant }
        try services.sessions.end(byGrant: digest, in: call.realm, at: call.now)
    }
}
