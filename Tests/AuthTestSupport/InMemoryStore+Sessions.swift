package import AuthDomain
import Synchronization

extension InMemoryStore: SessionStore {
    package func registration(
        _ digest: SessionDigest, in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> RegistrationSession? {
        state.withLock { state in
            guard let row = state.sessions[digest], row.account == nil, row.isLive(in: realm, at: now) else {
                return nil
            }
            return RegistrationSession(digest: digest, realm: realm, provenPhone: row.isProven ? row.phone : nil)
        }
    }

    package func login(
        _ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp
    ) throws(AuthError) -> LoginSession? {
        state.withLock { state in
            guard let row = state.sessions[digest], row.isLive(in: realm, at: now), row.seen > now - idle,
                let account = state.accounts.first(where: { $0.account.id == row.account && !$0.isLocked })
            else { return nil }
            return LoginSession(digest: digest, realm: realm, account: account.account, seen: row.seen)
        }
    }

    package func touch(_ digest: SessionDigest, at now: Timestamp) throws(AuthError) {
        state.withLock { state in
            guard let row = state.sessions[digest], row.seen < now else { return }
            state.sessions[digest]?.seen = now
        }
    }

    package func begin(
        _ session: NewSession, for credentials: Credentials, replacing: SessionDigest?, limit: Int
    ) throws(AuthError) {
        let isBegun = state.withLock { state in
            let owner = state.accounts.first { row in
                row.account.id == credentials.account && row.password == credentials.password && !row.isLocked
            }
            guard owner != nil else { return false }
            if let replacing, state.sessions[replacing]?.isLive(in: session.realm, at: session.created) == true {
                state.sessions[replacing]?.ended = session.created
            }
            state.sessions[session.digest] = SessionRow(login: session, of: credentials.account)
            let live = state.sessions.filter { _, row in
                row.account == credentials.account && row.isLive(in: session.realm, at: session.created)
            }
            for (digest, _) in live.sorted(by: { $0.value.created > $1.value.created }).dropFirst(limit) {
                state.sessions[digest]?.ended = session.created
            }
            return true
        }
        guard isBegun else { throw .wrongCredentials }
    }

    package func end(
        _ digest: SessionDigest, in realm: Realm, idle: Duration, at now: Timestamp
    ) throws(AuthError) -> Bool {
        state.withLock { state in
            guard let row = state.sessions[digest], row.account != nil, row.isLive(in: realm, at: now),
                row.seen > now - idle
            else { return false }
            state.sessions[digest]?.ended = now
            return true
        }
    }
}
