/// Compares a code with the one sent to the phone of a registration session; the right one proves the phone.
package enum CheckCode: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noChallenge, .wrongCode, .attemptsExhausted, .unavailable]

    package struct Input: Sendable {
        package let session: SessionSecret?
        package let code: OneTimeCode

        package init(session: SessionSecret?, code: OneTimeCode) {
            self.session = session
            self.code = code
        }
    }

    package struct Output: Sendable {
        package let session: SessionSecret
        package let lifetime: Duration
    }

    /// - Throws: `.noChallenge` also when the session is over; what the code is refused for.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        guard let secret = input.session else { throw .noChallenge }
        let digest = try services.digester.digest(secret)
        guard try services.sessions.registration(digest, in: call.realm, at: call.now) != nil else {
            throw .noChallenge
        }
        try services.challenges.redeem(
            input.code, for: .registration, of: .session(digest), in: call.realm,
            policy: call.policy.codes, at: call.now, bringing: .proof)
        return Output(session: secret, lifetime: call.policy.sessions.registration)
    }
}
