/// Proves the email of somebody who is logged in, by the code that was sent to it.
package enum VerifyEmail: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noChallenge, .wrongCode, .attemptsExhausted, .unavailable]

    package struct Input: Sendable {
        package let session: LoginSession
        package let code: OneTimeCode

        package init(session: LoginSession, code: OneTimeCode) {
            self.session = session
            self.code = code
        }
    }

    /// Does nothing when it is proven already.
    ///
    /// - Throws: what the code is refused for.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        guard let email = input.session.account.email else { throw .noChallenge }
        if input.session.account.hasProven(.email(email)) { return }
        do throws(AuthError) {
            try services.challenges.redeem(
                input.code, for: .verification, of: .address(.email(email)), in: call.realm, policy: call.policy.codes,
                at: call.now, bringing: .verification(input.session.account.id))
        } catch .noChallenge {
            // Of two calls at once with one code the second finds it used, and the email proven by the first.
            let present = try services.accounts.account(.email(email), in: call.realm)
            guard let present, present.id == input.session.account.id, present.hasProven(.email(email)) else {
                throw .noChallenge
            }
            return
        }
        services.remember(ownerOf: input.session.account.id, in: call)
    }
}
