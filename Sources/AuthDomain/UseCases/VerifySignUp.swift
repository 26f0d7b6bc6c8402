/// Makes the account of a registration from the code that was sent to its address, and logs its owner in.
package enum VerifySignUp: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .missing, .alreadyVerified, .noAccount, .taken, .noChallenge, .wrongCode, .attemptsExhausted, .unavailable,
    ]

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
    ///   `.alreadyVerified`, with the same reserve, when the session's registration is over; `.taken` likewise when an
    ///   account got the registration's other address meanwhile; what the code is refused for.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Issued {
        let (pending, registered) =
            input.addresses.isEmpty
            ? try named(by: input.session, in: call, with: services)
            : (try services.awaited(input.addresses, in: call), nil)
        guard let address = pending?.address ?? input.addresses.first ?? registered else { throw .noChallenge }
        if pending == nil, call.policy.revealsAccounts {
            throw try services.account(input.addresses, in: call) == nil ? .noAccount : .noChallenge
        }
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        do throws(AuthError) {
            try services.challenges.redeem(
                input.code, for: .verification, of: .address(address), in: call.realm, policy: call.policy.codes,
                at: call.now, bringing: pending == nil ? .nothing : .activation(session))
        } catch .taken(let field) {
            throw call.policy.revealsAccounts ? .taken(field) : .noChallenge
        }
        guard let pending else { throw .noChallenge }
        services.remember(ownerOf: pending.id, in: call)
        return Issued(secret, lasting: lifetime, for: pending.id)
    }

    /// The registration that the session is of, and its address; nil where it must not be told that it is none.
    private static func named(
        by session: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> (PendingAccount?, Address?) {
        guard let digest = try services.digest(session) else { throw .missing(.email) }
        let registration = try services.sessions.registration(digest, in: call.realm, at: call.now)
        let pending = try registration.flatMap { registration throws(AuthError) in
            try services.accounts.pending(registration.address, in: call.realm, at: call.now)
        }
        guard pending != nil || !call.policy.revealsAccounts else { throw .alreadyVerified }
        return (pending, registration?.address)
    }
}
