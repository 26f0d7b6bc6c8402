package import AuthDomain
import Synchronization

extension InMemoryStore {
    package func offer(_ reset: ResetOffer) throws(AuthError) {
        let wait: Duration? = state.withLock { state in
            let (realm, address) = (reset.grant.realm, reset.address.key)
            let before = state.windows
            let tooSoon = state.reserve(
                "links \(realm) \(address)", Rate(1, in: reset.policy.resendAfter), at: reset.grant.created)
            let allowance = state.allowance(
                for: reset.address, by: reset.asking, in: realm, perHour: reset.policy.messagesPerHour,
                at: reset.grant.created)
            let spent = state.spend(on: reset.address, reset.policy.spend, at: reset.grant.created)
            if let wait = tooSoon ?? allowance.wait ?? spent {
                state.windows = before
                return wait
            }
            guard let account = reset.account else { return nil }
            for (digest, row) in state.sessions where row.kind == .reset && row.account == account {
                state.sessions[digest]?.ended = row.ended ?? reset.grant.created
            }
            state.sessions[reset.grant.digest] = SessionRow(
                .reset, reset.grant, account: account, address: reset.address)
            if allowance.isSent { state.send(reset.message) }
            return nil
        }
        if let wait { throw .tooManyRequests(retryAfter: wait) }
    }

    package func holder(
        ofGrant grant: SessionDigest, in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> Account {
        let account = state.withLock { $0.holder(ofGrant: grant, in: realm, at: now) }
        guard let account else { throw .noGrant }
        return account
    }

    package func setPassword(
        _ password: PasswordHash, byGrant grant: SessionDigest, proves: Bool, telling message: Message?,
        in realm: Realm, at now: Timestamp
    ) throws(AuthError) {
        let isSet = state.withLock { state in
            guard let account = state.holder(ofGrant: grant, in: realm, at: now) else { return false }
            state.replace(account.id, password, at: now)
            if proves, let address = state.sessions[grant]?.address,
                let row = state.row(of: address.identifier, in: realm), state.accounts[row].account.id == account.id
            {
                state.prove(address, at: row)
            }
            state.tell(message)
            return true
        }
        guard isSet else { throw .noGrant }
    }
}

extension InMemoryStore.State {
    fileprivate func holder(ofGrant grant: SessionDigest, in realm: Realm, at now: Timestamp) -> Account? {
        guard let row = sessions[grant], row.kind == .reset, row.isLive(in: realm, at: now) else { return nil }
        return accounts.first { $0.account.id == row.account }?.account
    }

    /// Sets the account's password, ends everything issued to it and forgets its clients.
    mutating func replace(_ account: AccountID, _ password: PasswordHash, at now: Timestamp) {
        for row in accounts.indices where accounts[row].account.id == account { accounts[row].password = password }
        for (digest, row) in sessions where row.account == account { sessions[digest]?.ended = row.ended ?? now }
        windows = windows.filter { !$0.key.hasPrefix("known \(account) ") }
    }
}
