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

    /// - Throws: `.missing` when neither names a registration; `.noAccount` when nobody is known by the addresses and the policy lets that be told;
    ///   `.alreadyVerified`, with the same reserve, when the session's registration is over; `.taken` likewise when an
    ///   account got the registration's other address meanwhile; `.noChallenge` when the session's registration gave way to
    ///   the one that is meant; what the code is refused for.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Issued {
        guard !input.addresses.isEmpty || input.session != nil else { throw .missing(.email) }
        let registration = try registration(of: input.session, in: call, with: services)
        let pending =
            input.addresses.isEmpty
            ? try named(by: registration, in: call, with: services)
            : try services.awaited(input.addresses, in: call)
        if let pending, let registration, isReplaced(registration, by: pending) { throw .noChallenge }
        let registered = input.addresses.first ?? registration?.address
        guard let address = pending?.address ?? registered else { throw .noChallenge }
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

    /// The registration session that the request carries; nil where it carries none that lives.
    private static func registration(
        of session: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> RegistrationSession? {
        guard let digest = try services.digest(session) else { return nil }
        return try services.sessions.registration(digest, in: call.realm, at: call.now)
    }

    /// The registration that the session is of; nil where it must not be told that it is none.
    private static func named(
        by session: RegistrationSession?, in call: CallContext, with services: Services
    ) throws(AuthError) -> PendingAccount? {
        let pending = try session.flatMap { session throws(AuthError) in
            try services.accounts.pending(session.address, in: call.realm, at: call.now)
        }
        if let session, let pending, !isReplaced(session, by: pending) { return pending }
        guard !call.policy.revealsAccounts else { throw .alreadyVerified }
        return nil
    }

    /// Whether the session's registration gave way to a newer one of its address. Who began the older one would prove the
    /// address for a password that they do not know.
    private static func isReplaced(_ session: RegistrationSession, by pending: PendingAccount) -> Bool {
        session.address == pending.address && session.created != pending.created
    }
}
