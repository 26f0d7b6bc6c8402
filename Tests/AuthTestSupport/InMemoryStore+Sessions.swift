package import AuthDomain
import Synchronization

extension InMemoryStore.State {
    fileprivate func login(_ question: LoginQuestion, at now: Timestamp) -> LoginSession? {
        guard let row = sessions[question.digest], row.kind == .login, row.isLive(in: question.realm, at: now),
            row.seen > now - question.idle,
            let account = accounts.first(where: { $0.account.id == row.account && !$0.isLocked })
        else { return nil }
        return LoginSession(
            digest: question.digest, realm: question.realm, account: account.account, created: row.created,
            seen: row.seen, expires: row.expires)
    }
}

extension InMemoryStore: SessionStore {
    package func registration(
        _ digest: SessionDigest, in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> RegistrationSession? {
        state.withLock { state in
            guard let row = state.sessions[digest], row.kind == .registration, row.isLive(in: realm, at: now),
                let address = row.address
            else { return nil }
            return RegistrationSession(
                digest: digest, realm: realm, address: address, isProven: row.isProven, created: row.created)
        }
    }

    package func logins(_ questions: [LoginQuestion]) -> [Result<LoginSession?, AuthError>] {
        guard let latest = questions.map(\.now).max() else { return [] }
        return state.withLock { state in questions.map { .success(state.login($0, at: latest)) } }
    }

    package func touch(_ digests: [SessionDigest], at now: Timestamp) throws(AuthError) {
        state.withLock { state in
            state.touches += 1
            for digest in digests {
                guard let row = state.sessions[digest], row.seen < now else { continue }
                state.sessions[digest]?.seen = now
            }
        }
    }

    package func begin(
        _ session: NewSession, for credentials: Credentials, replacing: SessionDigest?, limit: Int,
        telling notice: LoginNotice?, settling relief: Relief
    ) throws(AuthError) {
        let isBegun = state.withLock { state in
            let owner = state.accounts.first { row in
                row.account.id == credentials.account.id && row.password == credentials.password && !row.isLocked
            }
            guard owner != nil else { return false }
            if let replacing, state.sessions[replacing]?.isLive(in: session.realm, at: session.created) == true {
                state.sessions[replacing]?.ended = session.created
            }
            state.sessions[session.digest] = SessionRow(.login, session, account: credentials.account.id)
            let live = state.sessions.filter { _, row in
                row.kind == .login && row.account == credentials.account.id
                    && row.isLive(in: session.realm, at: session.created)
            }
            for (digest, _) in live.sorted(by: { $0.value.created > $1.value.created }).dropFirst(limit) {
                state.sessions[digest]?.ended = session.created
            }
            if let notice {
                var row = SessionRow(.end, notice.grant, account: credentials.account.id)
                row.target = session.digest
                state.sessions[notice.grant.digest] = row
                state.tell(notice.message)
            }
            state.settle(relief)
            return true
        }
        guard isBegun else { throw .wrongCredentials }
    }

    package func end(byGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) throws(AuthError) {
        let isUsed = state.withLock { state in
            guard let row = state.sessions[grant], row.kind == .end, row.isLive(in: realm, at: now),
                let target = row.target
            else { return false }
            state.sessions[grant]?.ended = now
            if let login = state.sessions[target], login.ended == nil { state.sessions[target]?.ended = now }
            return true
        }
        guard isUsed else { throw .noGrant }
    }

    package func end(
        _ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp
    ) throws(AuthError) -> Bool {
        state.withLock { state in
            guard let row = state.sessions[digest], row.kind == .login, row.isLive(in: realm, at: now),
                row.seen > now - idle
            else { return false }
            state.sessions[digest]?.ended = now
            return true
        }
    }

    package func refresh(
        _ digest: SessionDigest, generation: Int, in realm: Realm, at now: Timestamp, grace: Duration,
        expires: Timestamp
    ) throws(AuthError) -> Int {
        let present: Int? = state.withLock { state in
            guard let row = state.sessions[digest], row.kind == .login, row.isLive(in: realm, at: now) else {
                return nil
            }
            if row.generation == generation {
                state.sessions[digest]?.generation += 1
                state.sessions[digest]?.refreshed = now
                state.sessions[digest]?.seen = now
                state.sessions[digest]?.expires = expires
                return generation + 1
            }
            if row.generation == generation + 1, let refreshed = row.refreshed, refreshed > now - grace {
                return generation + 1
            }
            if generation < row.generation { state.sessions[digest]?.ended = now }
            return nil
        }
        guard let present else { throw .noSession }
        return present
    }

    package func count(
        _ name: CallName, by account: AccountID, limit: Int, window: Duration, at now: Timestamp
    ) throws(AuthError) {
        let wait = state.withLock { state in
            state.reserve("calls \(name) \(account)", Rate(limit, in: window), at: now)
        }
        if let wait { throw .tooManyRequests(retryAfter: wait) }
    }
}
