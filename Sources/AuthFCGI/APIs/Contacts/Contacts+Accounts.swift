import AuthDomain

/// `register` and `login`: each answers with an account and a token.
extension Contacts {
    static let accountRoutes = [
        Route(
            .post, base + "/register", takes: [.string("fullName"), .address("email"), .string("password")]
        ) { exchange, call, services throws(AuthError) in
            let output = try CreateAccount.run(try newAccount(in: exchange), in: call, with: services)
            return success(
                .created, "User registered successfully",
                description(of: output.account, token: try exchange.token(for: output.issued, in: call)))
        },
        Route(
            .post, base + "/login", takes: [.address("email"), .string("password")]
        ) { exchange, call, services throws(AuthError) in
            let output = try LogIn.run(try login(in: exchange), in: call, with: services)
            return success(
                .ok, "Login successful",
                description(of: output.account, token: try exchange.token(for: output.issued, in: call)))
        },
    ]

    private static func newAccount(in exchange: Exchange) throws(AuthError) -> CreateAccount.Input {
        let fullName = try exchange.text("fullName", required: .displayName)
        let email = try exchange.text("email", required: .email)
        let password = Password(try exchange.text("password", required: .password))
        guard let name = DisplayName(fullName) else { throw .invalid(.displayName) }
        guard let email = EmailAddress(email) else { throw .invalid(.email) }
        return CreateAccount.Input(
            email: email, password: password, profile: Profile(displayName: name), sendsCode: false)
    }

    private static func login(in exchange: Exchange) throws(AuthError) -> LogIn.Input {
        let email = EmailAddress(try exchange.text("email", required: .email))
        return LogIn.Input(
            identifiers: email.map { [.email($0)] } ?? [],
            password: Password(try exchange.text("password", required: .password)))
    }

    private static func description(of account: Account, token: String) -> JSONValue {
        [
            "_id": .string(account.id.description), "fullName": .string(account.profile.displayName?.text ?? ""),
            "email": .string(account.email?.typed ?? ""), "token": .string(token),
        ]
    }
}
