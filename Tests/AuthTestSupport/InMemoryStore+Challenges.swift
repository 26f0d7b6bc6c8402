package import AuthDomain
import Synchronization

extension InMemoryStore: ChallengeStore {
    package func wasAsked(for purpose: Purpose, of address: Address, in realm: Realm) throws(AuthError) -> Bool {
        state.withLock { state in
            let row = state.challenges[ChallengeKey(realm: realm, purpose: purpose, target: address.key)]
            return row.map { !$0.isUsed && !$0.isWithheld } ?? false
        }
    }

    package func issue(
        _ challenge: Challenge, for occasion: Occasion, counting budgets: [Budget]
    ) throws(AuthError) {
        var isSilent = false
        if case .nobody = occasion { isSilent = true }
        let refusal: AuthError? = state.withLock { state in
            let youngest = challenge.issued - challenge.policy.resendAfter
            let key = ChallengeKey(realm: challenge.realm, purpose: challenge.purpose, target: challenge.address.key)
            var old: SessionRow?
            if case .registration(_, let replacing?) = occasion, let row = state.sessions[replacing],
                row.realm == challenge.realm, row.kind == .registration
            {
                old = row
            }
            let before = state
            if let wait = state.take(budgets, at: challenge.issued) { return .tooManyRequests(retryAfter: wait) }
            var last = state.challenges[key]?.sent
            if let asking = challenge.asking {
                last = nil
                let name = "asks \(asking) \(key.realm) \(key.target)"
                if let wait = state.reserve(
                    name, Rate(1, in: challenge.policy.resendAfter), at: challenge.issued)
                {
                    state = before
                    return .tooManyRequests(retryAfter: wait)
                }
            }
            for sent in [old?.codeSent, last].compactMap(\.self) where sent > youngest {
                state = before
                return .tooManyRequests(retryAfter: sent.since(youngest))
            }
            let allowance = state.allowance(
                for: challenge.address, by: challenge.asking, in: key.realm,
                perHour: challenge.policy.messagesPerHour, at: challenge.issued)
            if let wait = allowance.wait {
                state = before
                return .tooManyRequests(retryAfter: wait)
            }
            if let taken = state.begin(occasion, challenge) {
                state = before
                return .taken(taken)
            }
            if let wait = state.spend(on: challenge.address, challenge.policy.spend, at: challenge.issued) {
                state = before
                return .tooManyRequests(retryAfter: wait)
            }
            var session: SessionDigest?
            if case .registration(let new, _) = occasion { session = new.digest }
            state.challenges[key] = ChallengeRow(
                session: session, code: challenge.code, triesLeft: challenge.policy.attempts,
                sent: challenge.issued, expires: challenge.expires,
                isWithheld: isSilent || challenge.substitute != nil)
            if allowance.isSent, !isSilent || challenge.substitute != nil { state.send(challenge.message) }
            return nil
        }
        if let refusal { throw refusal }
    }

    package func redeem(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp, bringing redemption: Redemption
    ) throws(AuthError) {
        try judge(code, for: purpose, of: holder, in: realm, policy: policy, at: now, bringing: redemption)
    }

    package func compare(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp
    ) throws(AuthError) {
        try judge(code, for: purpose, of: holder, in: realm, policy: policy, at: now, bringing: nil)
    }

    private func judge(
        _ code: OneTimeCode, for purpose: Purpose, of holder: CodeHolder, in realm: Realm, policy: CodePolicy,
        at now: Timestamp, bringing redemption: Redemption?
    ) throws(AuthError) {
        let refusal: AuthError? = state.withLock { state in
            let asked = state.challenges.first { key, row in
                guard key.realm == realm, key.purpose == purpose else { return false }
                return switch holder {
                case .session(let session): row.session == session
                case .address(let address): row.session == nil && key.target == address.key
                }
            }
            guard let (key, row) = asked, !row.isUsed, row.expires > now else { return .noChallenge }
            guard row.triesLeft > 0 else { return .attemptsExhausted }
            let counter = "wrong codes \(key.realm) \(key.target)"
            guard
                state.reserve(counter, Rate(policy.attemptsPerDay, in: .seconds(86_400)), at: now) == nil
            else { return .attemptsExhausted }
            guard row.code.text == code.text else {
                state.challenges[key]?.triesLeft -= 1
                return .wrongCode
            }
            state.windows[counter]?.count -= 1
            guard let redemption else { return nil }
            let address = Address(stored: key.target, typed: key.target)
            if let refusal = state.perform(redemption, for: address, askedBy: holder, in: realm, at: now) {
                return refusal
            }
            state.challenges[key]?.isUsed = true
            if let phone = address.phone { state.use(phone, at: now) }
            return nil
        }
        if let refusal { throw refusal }
    }
}

extension InMemoryStore.State {
    /// What comes into being with a code; the field that another account has, if one does.
    fileprivate mutating func begin(_ occasion: Occasion, _ challenge: Challenge) -> Field? {
        switch occasion {
        case .registration(let session, let replacing):
            if let replacing, let old = sessions[replacing], old.kind == .registration, old.realm == challenge.realm {
                sessions[replacing]?.ended = old.ended ?? challenge.issued
                sessions[replacing]?.codeSent = challenge.issued
            }
            sessions[session.digest] = InMemoryStore.SessionRow(.registration, session, address: challenge.address)
        case .pendingAccount(let account, let session):
            pending.removeAll { $0.account.realm == challenge.realm && $0.address == challenge.address }
            pending.append(
                InMemoryStore.PendingRow(
                    account: account, address: challenge.address,
                    expires: account.isShadow ? challenge.issued : challenge.issued + .seconds(86_400)))
            sessions[session.digest] = InMemoryStore.SessionRow(.registration, session, address: challenge.address)
        case .account(let account, let session):
            if let taken = make(account, proving: nil, beginning: session) { return taken }
        case .again, .nobody: break
        }
        return nil
    }

    /// Takes an address of the account there for proven.
    mutating func prove(_ address: Address, at row: Int) {
        let old = accounts[row].account
        accounts[row].account = Account(
            id: old.id, nickname: old.nickname, phone: old.phone, email: old.email, profile: old.profile,
            proven: old.proven.union([address.identifier.field]))
    }

    /// Counts a message to an address: how long to wait where it gets none, and whether it is sent.
    mutating func allowance(
        for address: Address, by asking: Asking?, in realm: Realm, perHour limit: Int, at now: Timestamp
    ) -> (wait: Duration?, isSent: Bool) {
        let rate = Rate(limit, in: .seconds(3_600))
        if let asking {
            let name = "asks an hour \(asking) \(realm) \(address.key)"
            if let wait = reserve(name, rate, at: now) { return (wait, false) }
        }
        let wait = reserve("messages \(realm) \(address.key)", rate, at: now)
        return (asking == nil ? wait : nil, wait == nil)
    }

    /// What a right code brings about; why it cannot be, if so.
    fileprivate mutating func perform(
        _ redemption: Redemption, for address: Address, askedBy holder: CodeHolder, in realm: Realm, at now: Timestamp
    ) -> AuthError? {
        switch redemption {
        case .proof:
            guard case .session(let session) = holder, sessions[session]?.isLive(in: realm, at: now) == true else {
                return .noChallenge
            }
            sessions[session]?.isProven = true
        case .activation(let session):
            let waiting = pending.first { row in
                row.account.realm == realm && row.address == address && row.expires > now
            }
            guard let account = waiting?.account else { return .noChallenge }
            release(address, in: realm)
            if let taken = make(account, proving: address, beginning: session) { return .taken(taken) }
            pending.removeAll { $0.account.id == account.id }
        case .account(let account, let session):
            if let taken = make(account, proving: address, beginning: session) { return .taken(taken) }
        case .verification(let id):
            guard let row = accounts.firstIndex(where: { $0.account.id == id }),
                accounts[row].account.identifiers.contains(address.identifier),
                !accounts[row].withheld.contains(address.identifier.field)
            else { return .noChallenge }
            prove(address, at: row)
        case .password(let account, let hash, let message):
            replace(account, hash, at: now)
            tell(message)
        case .grant(let account, let session):
            sessions[session.digest] = InMemoryStore.SessionRow(
                .reset, session, account: account, address: address)
        case .nothing: return .noChallenge
        }
        return nil
    }
}
