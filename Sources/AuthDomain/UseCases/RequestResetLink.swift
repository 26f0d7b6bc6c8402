/// Sends somebody who forgot their password a link under which they can set a new one.
package enum RequestResetLink: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noAccount, .tooManyRequests, .unavailable]

    package struct Input: Sendable {
        package let email: EmailAddress
        /// The link that carries a grant.
        package let link: @Sendable (SessionSecret) -> String

        package init(email: EmailAddress, link: @escaping @Sendable (SessionSecret) -> String) {
            self.email = email
            self.link = link
        }
    }

    /// - Throws: `.noAccount` when nobody is known by the address, or who is has proven another, and the policy lets
    ///   that be told; `.tooManyRequests`.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        let account = try services.resettable(input.email, in: call)
        if account == nil, call.policy.revealsAccounts { throw .noAccount }
        let (secret, grant) = try services.newSession(in: call, lasting: call.policy.tokens.resetLink)
        var offer = ResetOffer(
            account: account?.id, grant: grant, address: .email(input.email), link: input.link(secret),
            policy: call.policy.codes, languages: call.languages)
        if !call.policy.revealsAccounts { offer.asking = .reset }
        try services.accounts.offer(offer)
    }
}
