/// What several use cases make alike.
extension Services {
    /// A fresh session: its secret for the holder, its record for the store.
    func newSession(in call: CallContext, lasting lifetime: Duration) throws(AuthError) -> (SessionSecret, NewSession) {
        guard let secret = SessionSecret(octets: try random.octets(SessionSecret.length)) else { throw .unavailable }
        let session = NewSession(
            digest: try digester.digest(secret), realm: call.realm, created: call.now, expires: call.now + lifetime)
        return (secret, session)
    }

    /// The digest of the secret that a request carries, if any.
    func digest(_ secret: SessionSecret?) throws(AuthError) -> SessionDigest? {
        guard let secret else { return nil }
        return try digester.digest(secret)
    }

    /// Which login session the secret is of that a request carries.
    ///
    /// - Throws: `.noSession` when it carries none.
    func question(_ secret: SessionSecret?, in call: CallContext) throws(AuthError) -> LoginQuestion {
        guard let digest = try digest(secret) else { throw .noSession }
        return LoginQuestion(digest: digest, realm: call.realm, idle: call.policy.sessions.idle, now: call.now)
    }

    /// A fresh code for an address.
    ///
    /// - Throws: `.invalid(.phone)` when no texts go to such numbers.
    func challenge(
        _ purpose: Purpose, to address: Address, by asking: Asking, in call: CallContext
    ) throws(AuthError) -> Challenge {
        guard call.policy.codes.spend.reaches(address) else { throw .invalid(.phone) }
        var challenge = Challenge(
            purpose: purpose, realm: call.realm, address: address,
            code: try random.code(digits: call.policy.codes.digits), issued: call.now, policy: call.policy.codes,
            languages: call.languages)
        if call.policy.isUniform { challenge.asking = asking }
        return challenge
    }

    /// Those of `identifiers` that accounts of the realm have; of one that is an address about to be proven, that own it.
    ///
    /// - Throws: `.taken` for the first of them where the policy lets that be told.
    func taken(
        among identifiers: [AccountIdentifier], proving address: Address? = nil, in call: CallContext
    ) throws(AuthError) -> Set<AccountIdentifier> {
        var taken: Set<AccountIdentifier> = []
        for identifier in identifiers {
            let isTaken =
                if let address, address.identifier == identifier {
                    try accounts.account(identifier, in: call.realm)?.owns(address) == true
                } else {
                    try accounts.isTaken(identifier, in: call.realm)
                }
            guard isTaken else { continue }
            guard call.policy.isUniform else { throw .taken(identifier.field) }
            taken.insert(identifier)
        }
        return taken
    }

    /// Counts a sign-up from the call's client.
    ///
    /// - Throws: `.tooManyRequests` when there were too many.
    func countSignUp(in call: CallContext) throws(AuthError) {
        let budgets = signUpBudgets(in: call)
        if !budgets.isEmpty { try limits.take(budgets, at: call.now) }
    }

    /// What a sign-up counts against.
    func signUpBudgets(in call: CallContext) -> [Budget] {
        call.client.map { [Budget(.clientSignUps, of: $0.key, call.policy.limits.signUpsPerClient)] } ?? []
    }

    /// Remembers that the call's client is the account's owner: no stranger's failures keep it out from now on. What was
    /// done stands if it cannot be remembered.
    func remember(ownerOf account: AccountID, in call: CallContext) {
        if let owner = call.owner(of: account) { try? limits.remember(owner) }
    }

    /// An account with a fresh id and its password hashed.
    ///
    /// - Throws: `.invalid(.password)` when the policy does not accept the password for it.
    func newAccount(
        nickname: Nickname? = nil, phone: PhoneNumber? = nil, email: EmailAddress? = nil, profile: Profile,
        password: Password, in call: CallContext
    ) throws(AuthError) -> NewAccount {
        let identifiers: [AccountIdentifier] =
            [nickname.map { .nickname($0) }, phone.map { .phone($0) }, email.map { .email($0) }].compactMap(\.self)
        guard call.policy.accepts(password, of: identifiers) else { throw .invalid(.password) }
        return NewAccount(
            id: AccountID(at: call.now, random: try random.octets(AccountID.randomLength)), realm: call.realm,
            nickname: nickname, phone: phone, email: email, profile: profile, password: try passwords.hash(password),
            created: call.now)
    }

    /// The hash of a password that is to take the place of an account's.
    ///
    /// - Throws: `.invalid(.password)` when the policy does not accept the password for it.
    func newPassword(_ password: Password, of account: Account?, in call: CallContext) throws(AuthError) -> PasswordHash
    {
        guard call.policy.accepts(password, of: account?.identifiers ?? []) else {
            throw .invalid(.password)
        }
        return try passwords.hash(password)
    }

    /// The account that all the addresses belong to; nil when nobody, or not one person, is known by them.
    func account(_ addresses: [Address], in call: CallContext) throws(AuthError) -> Account? {
        var found: [Account?] = []
        for address in addresses { found.append(try accounts.account(address.identifier, in: call.realm)) }
        guard let first = found.first, found.allSatisfy({ $0?.id == first?.id }) else { return nil }
        return first
    }

    /// Whose password may be reset by a code that somebody asks for by these addresses, and where it goes; nil when nobody
    /// is known by them, or who is has no address that one may go to.
    func resettable(_ addresses: [Address], in call: CallContext) throws(AuthError) -> (
        account: Account, address: Address
    )? {
        guard let asked = addresses.first, let account = try account(call.relevant(addresses), in: call) else {
            return nil
        }
        if account.owns(asked) { return (account, asked) }
        guard call.policy.revealsAccounts, let other = account.addressForNotices, account.owns(other) else {
            return nil
        }
        return (account, other)
    }

    /// The account whose password may be reset by what is sent to this email; nil when nobody has it, or has not proven to.
    func resettable(_ email: EmailAddress, in call: CallContext) throws(AuthError) -> Account? {
        let account = try accounts.account(.email(email), in: call.realm)
        return account?.owns(.email(email)) == true ? account : nil
    }

    /// The registration that waits for the proof of one of the addresses, and that all of them belong to. Where it must not
    /// be told who has an address, it waits for the first.
    func awaited(_ addresses: [Address], in call: CallContext) throws(AuthError) -> PendingAccount? {
        let found = try pending(call.relevant(addresses).map(\.identifier), in: call)
        return !call.policy.isUniform || found?.address == addresses.first ? found : nil
    }

    /// The registration that waits for its proof and that all the identifiers belong to.
    func pending(_ identifiers: [AccountIdentifier], in call: CallContext) throws(AuthError) -> PendingAccount? {
        var found: [PendingAccount?] = []
        for identifier in identifiers {
            guard let address = identifier.address else { return nil }
            found.append(try accounts.pending(address, in: call.realm, at: call.now))
        }
        guard let first = found.first, found.allSatisfy({ $0?.id == first?.id }) else { return nil }
        return first
    }
}

extension CallContext {
    /// The call's client as the account's owner; nil when the client is not known.
    func owner(of account: AccountID) -> KnownClient? {
        client.map { KnownClient($0, as: account, until: now + policy.limits.memory) }
    }

    /// By which of the addresses that somebody gave they are looked up: all must be theirs; where that would tell who has
    /// the others, the first alone counts.
    func relevant(_ addresses: [Address]) -> [Address] { policy.isUniform ? Array(addresses.prefix(1)) : addresses }
}

extension AccountIdentifier {
    /// The address that it is; nil for a nickname.
    package var address: Address? {
        switch self {
        case .nickname: nil
        case .phone(let phone): .phone(phone)
        case .email(let email): .email(email)
        }
    }
}
