/// Begins a login session for who knows an account's password. No account and a wrong password take the same time.
package enum LogIn: UseCase {
    package static let refusals: Set<AuthError.Reason> = [
        .wrongCredentials, .notVerified, .noAccount, .tooManyRequests, .overloaded, .unavailable,
    ]

    package struct Input: Sendable {
        /// What the account may be meant by, the likeliest first.
        package let identifiers: [AccountIdentifier]
        /// Whether all of them must be of one account; else the first that is one's counts.
        package let mustAgree: Bool
        package let password: Password
        /// The session that the request carries: the new one takes its place.
        package let session: SessionSecret?

        package init(
            identifiers: [AccountIdentifier], mustAgree: Bool = false, password: Password, session: SessionSecret? = nil
        ) {
            self.identifiers = identifiers
            self.mustAgree = mustAgree
            self.password = password
            self.session = session
        }
    }

    package struct Output: Sendable {
        package let issued: Issued
        package let account: Account
    }

    /// - Throws: `.noAccount` when nobody is known by the identifiers and the policy lets that be told;
    ///   `.notVerified`, with the same reserve, to who knows the password of a registration that waits for its proof:
    ///   it would say that nobody had the address; `.wrongCredentials`, where no answer may tell who has
    ///   an address also for one that is not proven: who gave one that is taken cannot log in by it either.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Output {
        guard input.password.isHashable else { throw .wrongCredentials }
        let found = try credentials(input, in: call, with: services)
        var pending: PendingAccount?
        if found == nil, call.policy.revealsAccounts {
            pending = try services.pending(input.identifiers, in: call)
        }
        let attempt = try LoginAttempt(
            as: found?.account.id ?? pending?.id, input.identifiers, in: call, with: services)
        let isBarred = call.policy.isUniform && found?.account.hasUnproven(among: input.identifiers) == true
        let isRight = try attempt.judge { () throws(AuthError) in
            try services.passwords.verify(input.password, against: found?.password ?? pending?.password) && !isBarred
        }
        guard let known = found else {
            guard call.policy.revealsAccounts else { throw .wrongCredentials }
            if pending != nil {
                guard isRight else { throw .wrongCredentials }
                try attempt.settle()
                throw .notVerified
            }
            throw .noAccount
        }
        guard isRight else { throw .wrongCredentials }
        var judged = known
        if services.passwords.needsUpgrade(known.password), let better = try? services.passwords.hash(input.password) {
            guard try services.accounts.upgrade(known.password, of: known.account.id, to: better) else {
                try attempt.undo()
                return try run(input, in: call, with: services)
            }
            judged = Credentials(account: known.account, password: better)
        }
        let lifetime = call.policy.sessions.absolute
        let (secret, session) = try services.newSession(in: call, lasting: lifetime)
        let replaced = try services.digest(input.session)
        let notice = try services.loginNotice(
            of: session, to: known.account, isKnown: attempt.isFromKnownClient, in: call)
        do throws(AuthError) {
            try services.sessions.begin(
                session, for: judged, replacing: replaced, limit: call.policy.sessions.perAccount, telling: notice,
                settling: attempt.relief)
        } catch .wrongCredentials {
            guard try isOutdated(judged, input, in: call, with: services) else { throw .wrongCredentials }
            try attempt.undo()
            return try run(input, in: call, with: services)
        }
        return Output(issued: Issued(secret, lasting: lifetime, for: known.account.id), account: known.account)
    }

    /// Whether the account has another hash by now: of another password, or of the same one, made by a parallel login on a
    /// host that asks for more.
    private static func isOutdated(
        _ judged: Credentials, _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Bool {
        guard let present = try credentials(input, in: call, with: services) else { return false }
        return present.account.id == judged.account.id && present.password != judged.password
    }

    private static func credentials(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> Credentials? {
        var found: [Credentials?] = []
        for identifier in input.identifiers {
            found.append(try services.accounts.credentials(of: identifier, in: call.realm))
        }
        guard input.mustAgree else { return found.compactMap(\.self).first }
        guard let first = found.first, found.allSatisfy({ $0?.account.id == first?.account.id }) else { return nil }
        return first
    }
}
