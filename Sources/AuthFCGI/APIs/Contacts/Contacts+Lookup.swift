import AuthDomain

/// `me` and `check-registered`: for who has a token.
extension Contacts {
    static let lookupRoutes = [
        Route(
            .get, base + "/me", by: [.bearer], caller: caller,
            refusing: [.missing: noToken, .accountGone: Refusal(.notFound, "User not found")]
        ) { session, _ in
            let account = session.account
            return success("User data fetched successfully") { data in
                data.add("id", account.id.description)
                data.add("fullName", account.profile.displayName?.text ?? "")
                data.add("email", account.email?.typed ?? "")
            }
        },
        Route(
            .post, base + "/check-registered", by: [.bearer], takes: [.anything("identifiers")],
            refusing: [.missing: noToken]
        ) { exchange, call, services throws(AuthError) in
            let session = try ResolveSession.run(try caller(exchange, call), in: call, with: services)
            let matches = try FindAccounts.run(
                FindAccounts.Input(session: session, texts: try identifiers(in: exchange)), in: call, with: services)
            return success(
                .ok, "Registered users fetched successfully",
                ["registeredUsers": .array(matches.map(description(of:)))])
        },
    ]

    private static let noToken = Refusal(.unauthorized, "Not authorized, no token")

    /// Whose token the request carries. Without one it is a login that is missing, which is told in other words than
    /// a token that is not good.
    @Sendable
    private static func caller(_ exchange: Exchange, _ call: CallContext) throws(AuthError) -> ResolveSession.Input {
        guard let caller = exchange.caller(at: call.now) else { throw .missing(.login) }
        return caller
    }

    private static func identifiers(in exchange: Exchange) throws(AuthError) -> [String] {
        guard case .array(let values) = exchange.body["identifiers"] else { throw .invalid(.identifiers) }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw .invalid(.identifiers) }
            texts.append(text)
        }
        return texts
    }

    private static func description(of match: FindAccounts.Match) -> JSONValue {
        [
            "identifier": .string(match.text), "userId": .string(match.account.id.description),
            "fullName": .string(match.account.displayName?.text ?? ""),
        ]
    }
}
