package import AuthDomain
import Synchronization

extension InMemoryStore: AccountStore {
    package func isTaken(_ identifier: AccountIdentifier, in realm: Realm) throws(AuthError) -> Bool {
        state.withLock { $0.row(of: identifier, in: realm) != nil }
    }

    package func taken(among nicknames: [Nickname], in realm: Realm) throws(AuthError) -> Set<Nickname> {
        state.withLock { state in Set(nicknames.filter { state.row(of: .nickname($0), in: realm) != nil }) }
    }

    package func credentials(
        of identifier: AccountIdentifier, in realm: Realm
    ) throws(AuthError) -> Credentials? {
        state.withLock { state in
            guard let row = state.row(of: identifier, in: realm), !state.accounts[row].isLocked else { return nil }
            return Credentials(account: state.accounts[row].account.id, password: state.accounts[row].password)
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

    package func register(
        _ account: NewAccount, provenBy registration: SessionDigest, beginning session: NewSession
    ) throws(AuthError) {
        let refusal: AuthError? = state.withLock { state in
            guard let proof = state.sessions[registration], proof.isLive(in: account.realm, at: session.created),
                proof.isProven, let phone = proof.phone
            else { return .unproven }
            let identifiers: [AccountIdentifier] =
                [.nickname(account.nickname), .phone(phone)] + (account.email.map { [.email($0)] } ?? [])
            if let taken = identifiers.first(where: { state.row(of: $0, in: account.realm) != nil }) {
                return .taken(taken.field)
            }
            state.sessions[registration]?.ended = session.created
            state.accounts.append(
                AccountRow(
                    account: Account(
                        id: account.id, nickname: account.nickname, phone: phone, email: account.email,
                        displayName: account.displayName?.text), realm: account.realm, password: account.password))
            state.sessions[session.digest] = SessionRow(login: session, of: account.id)
            return nil
        }
        if let refusal { throw refusal }
    }
}

extension InMemoryStore.State {
    /// Where the account is that has this identifier.
    fileprivate func row(of identifier: AccountIdentifier, in realm: Realm) -> Int? {
        accounts.firstIndex { row in
            guard row.realm == realm else { return false }
            return switch identifier {
            case .nickname(let nickname): row.account.nickname == nickname
            case .phone(let phone): row.account.phone == phone
            case .email(let email): row.account.email == email
            }
        }
    }
}

extension InMemoryStore.SessionRow {
    /// A login session that begins.
    init(login session: NewSession, of account: AccountID) {
        self.init(
            realm: session.realm, account: account, phone: nil, codeSent: session.created, created: session.created,
            seen: session.created, expires: session.expires)
    }
}
