package import AuthDomain
import Synchronization

extension InMemoryStore: AccountStore {
    package func exists(_ account: AccountID, in realm: Realm) throws(AuthError) -> Bool {
        state.withLock { $0.accounts.contains { $0.account.id == account && $0.realm == realm } }
    }

    package func isTaken(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Bool {
        state.withLock { $0.row(of: identifier, in: realm) != nil }
    }

    package func taken(among nicknames: [Nickname], in realm: Realm) throws(AuthError) -> Set<Nickname> {
        state.withLock { state in Set(nicknames.filter { state.row(of: .nickname($0), in: realm) != nil }) }
    }

    package func account(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Account? {
        state.withLock { state in state.row(of: identifier, in: realm).map { state.accounts[$0].account } }
    }

    package func accounts(
        _ addresses: [Address?], in realm: Realm
    ) throws(AuthError) -> [FoundAccount?] {
        state.withLock { state in
            addresses.map { address in
                guard let address, let row = state.row(of: address.identifier, in: realm),
                    !state.accounts[row].isLocked
                else { return nil }
                let account = state.accounts[row].account
                return FoundAccount(id: account.id, displayName: account.profile.displayName)
            }
        }
    }

    package func pending(
        _ address: Address, in realm: Realm, at now: Timestamp
    ) throws(AuthError) -> PendingAccount? {
        state.withLock { state in
            let rows = state.pending.filter { row in
                row.account.realm == realm && row.expires > now
                    && row.account.identifiers.contains(address.identifier)
                    && !row.account.withheld.contains(address.identifier.field)
            }
            return (rows.last { $0.address == address } ?? rows.last).map {
                PendingAccount(
                    id: $0.account.id, address: $0.address, password: $0.account.password, created: $0.account.created)
            }
        }
    }

    package func credentials(
        of identifier: AccountIdentifier, in realm: Realm
    ) throws(AuthError) -> Credentials? {
        state.withLock { state in
            guard let row = state.row(of: identifier, in: realm), !state.accounts[row].isLocked else { return nil }
            return Credentials(account: state.accounts[row].account, password: state.accounts[row].password)
        }
    }

    package func upgrade(
        _ old: PasswordHash, of account: AccountID, to new: PasswordHash
    ) throws(AuthError) -> Bool {
        state.withLock { state in
            guard let row = state.accounts.firstIndex(where: { $0.account.id == account && $0.password == old })
            else { return false }
            state.accounts[row].password = new
            return true
        }
    }

    package func create(
        _ account: NewAccount, beginning session: NewSession, telling message: Message?, perHour: Int
    ) throws(AuthError) {
        let taken = state.withLock { state in
            let taken = state.make(account, proving: nil, beginning: session)
            if taken == nil, let message {
                let isSent = state.allowance(
                    for: message.address, by: nil, in: account.realm, perHour: perHour, at: account.created
                ).isSent
                if isSent { state.tell(message) }
            }
            return taken
        }
        if let taken { throw .taken(taken) }
    }

    package func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession,
        remembering owner: KnownClient?
    ) throws(AuthError) {
        let refusal: AuthError? = state.withLock { state in
            guard let proof = state.sessions[registration], proof.isLive(in: account.realm, at: session.created),
                proof.isProven, let phone = account.phone, proof.address == .phone(phone)
            else { return .unproven }
            if let taken = state.make(account, proving: .phone(phone), beginning: session) { return .taken(taken) }
            state.sessions[registration]?.ended = session.created
            state.settle(Relief(known: owner))
            return nil
        }
        if let refusal { throw refusal }
    }
}

extension InMemoryStore.State {
    /// Puts a message into the outbox, unless it is for nobody.
    mutating func send(_ message: Message?) {
        if let message, !message.isForNobody { outbox.append(message) }
    }

    /// Where the account is that has this identifier.
    func row(of identifier: AccountIdentifier, in realm: Realm) -> Int? {
        accounts.firstIndex { row in
            row.realm == realm && row.account.identifiers.contains(identifier)
                && !row.withheld.contains(identifier.field)
        }
    }

    /// Withholds an address from the account that has it and does not own it, if one does.
    mutating func release(_ address: Address, in realm: Realm) {
        guard let row = row(of: address.identifier, in: realm) else { return }
        if !accounts[row].account.owns(address) { accounts[row].withheld.insert(address.identifier.field) }
    }

    /// Makes an account and its login; the field that another account has, if one does.
    mutating func make(_ account: NewAccount, proving address: Address?, beginning session: NewSession) -> Field? {
        let claimed = account.identifiers.filter { !account.withheld.contains($0.field) }
        if let taken = claimed.first(where: { row(of: $0, in: account.realm) != nil }) { return taken.field }
        accounts.append(
            InMemoryStore.AccountRow(
                account: Account(
                    id: account.id, nickname: account.nickname, phone: account.phone, email: account.email,
                    profile: account.profile, proven: address.map { [$0.identifier.field] } ?? []),
                realm: account.realm, password: account.password, withheld: account.withheld))
        sessions[session.digest] = InMemoryStore.SessionRow(.login, session, account: account.id)
        return nil
    }
}

extension InMemoryStore.SessionRow {
    /// A session that begins.
    init(
        _ kind: InMemoryStore.Kind, _ session: NewSession, account: AccountID? = nil, address: Address? = nil
    ) {
        self.init(
            kind: kind, realm: session.realm, account: account, address: address, codeSent: session.created,
            created: session.created, seen: session.created, expires: session.expires)
    }
}
