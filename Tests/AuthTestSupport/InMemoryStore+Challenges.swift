package import AuthDomain
import Synchronization

extension InMemoryStore: ChallengeStore {
    package func issue(
        _ challenge: Challenge, beginning session: NewSession, replacing: SessionDigest?
    ) throws(AuthError) {
        let wait: Duration? = state.withLock { state in
            let youngest = challenge.issued - challenge.policy.resendAfter
            let key = ChallengeKey(realm: challenge.realm, purpose: challenge.purpose, target: challenge.phone.key)
            let old = replacing.flatMap { digest in
                state.sessions[digest].flatMap { $0.realm == challenge.realm && $0.account == nil ? $0 : nil }
            }
            for sent in [old?.codeSent, state.challenges[key]?.sent].compactMap(\.self) where sent > youngest {
                return sent.since(youngest)
            }
            if let wait = state.reserve(
                "messages \(key.realm) \(key.target)", limit: challenge.policy.messagesPerHour,
                window: .seconds(3_600), at: challenge.issued)
            {
                return wait
            }
            if let replacing, old != nil {
                state.sessions[replacing]?.ended = old?.ended ?? challenge.issued
                state.sessions[replacing]?.codeSent = challenge.issued
            }
            state.challenges[key] = ChallengeRow(
                session: session.digest, code: challenge.code, triesLeft: challenge.policy.attempts,
                sent: challenge.issued, expires: challenge.expires)
            state.sessions[session.digest] = SessionRow(
                realm: session.realm, account: nil, phone: challenge.phone, codeSent: session.created,
                created: session.created, seen: session.created, expires: session.expires)
            state.outbox.append(challenge.message)
            return nil
        }
        if let wait { throw .tooManyRequests(retryAfter: wait) }
    }

    package func redeem(
        _ code: OneTimeCode, for purpose: Purpose, askedIn session: SessionDigest, in realm: Realm,
        policy: CodePolicy, at now: Timestamp
    ) throws(AuthError) {
        let refusal: AuthError? = state.withLock { state in
            let asked = state.challenges.first { key, row in
                key.realm == realm && key.purpose == purpose && row.session == session
            }
            guard let (key, row) = asked, !row.isUsed, row.expires > now else { return .noChallenge }
            guard row.triesLeft > 0 else { return .attemptsExhausted }
            let counter = "wrong codes \(key.realm) \(key.target)"
            guard
                state.reserve(counter, limit: policy.attemptsPerDay, window: .seconds(86_400), at: now) == nil
            else { return .attemptsExhausted }
            guard row.code.text == code.text else {
                state.challenges[key]?.triesLeft -= 1
                return .wrongCode
            }
            state.windows[counter]?.count -= 1
            guard state.sessions[session]?.isLive(in: realm, at: now) == true else { return .noChallenge }
            state.challenges[key]?.isUsed = true
            state.sessions[session]?.isProven = true
            return nil
        }
        if let refusal { throw refusal }
    }
}
