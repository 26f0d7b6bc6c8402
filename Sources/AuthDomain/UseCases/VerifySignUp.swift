/// Makes the account of a registration from the code that was sent to its address, and logs its owner in.
package enum VerifySignUp: UseCase {
    package struct Input: Sendable {
        package let code: OneTimeCode
        /// By what the registration is meant; without any, the session tells.
        package let addresses: [Address]
        package let session: SessionSecret?

        package init(code: OneTimeCode, addresses: [Address], session: SessionSecret?) {
            self.code = code
            self.addresses = addresses
            self.session = session
        }
    }

    /// - Throws: `.noAccount` when nobody is known by the addresses and the policy lets that be told;
    ///   `.alreadyVerified` when the session's registration is over; what the code is refused for.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Issued {
        let pending =
            input.addresses.isEmpty
            ? try named(by: input.session, in: call, with: services)
            : try named(by: input.addresses, in: call, with: services)
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        try services.challenges.redeem(
            input.code, for: .verification, of: .address(pending.address), in: call.realm, policy: call.policy.codes,
            at: call.now, bringing: .activation(session))
        return Issued(secret, lasting: lifetime, for: pending.id)
    }

    private static func named(
        by session: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> PendingAccount {
        guard let digest = try services.digest(session) else { throw .missing(.email) }
        guard let registration = try services.sessions.registration(digest, in: call.realm, at: call.now),
            let pending = try services.accounts.pending(registration.address, in: call.realm, at: call.now)
        else { throw .alreadyVerified }
        return pending
    }

    private static func named(
        by addresses: [Address], in call: CallContext, with services: Services
    ) throws(AuthError) -> PendingAccount {
        if let pending = try services.pending(addresses.map(\.identifier), in: call) { return pending }
        let isKnown = try services.account(addresses, in: call) != nil
        throw isKnown || !call.policy.revealsAccounts ? .noChallenge : .noAccount
    }
}
