import AuthDomain

/// What a sign-up form asks while it is filled in.
extension Twake {
    static let nicknameRoutes = [
        Route(
            .post, "/api/check-nickname", CheckAvailability.self, takes: [.string("nickname")],
            decode: { exchange throws(AuthError) in
                guard let nickname = exchange.text("nickname").flatMap(Nickname.init(_:)) else {
                    throw .invalid(.nickname)
                }
                return .nickname(nickname)
            },
            encode: { isFree, _ throws(AuthError) in
                guard isFree else { throw .taken(.nickname) }
                return .text(.ok, "ok")
            },
            refusing: [
                .invalid: Refusal(.badRequest, "Invalid nickname"),
                .taken: Refusal(.badRequest, "Nickname already taken"),
            ]),
        Route(
            .post, "/api/check-phone", CheckAvailability.self, takes: [.string("phone")],
            decode: { exchange throws(AuthError) in
                guard let phone = exchange.text("phone").flatMap({ PhoneNumber($0) }) else { throw .invalid(.phone) }
                return .phone(phone)
            },
            encode: { isFree, _ in .json(.ok, ["available": .bool(isFree)]) },
            refusing: [.invalid: Refusal(.badRequest, "Invalid phone")]),
        Route(
            .post, "/api/suggest-nicknames", SuggestNicknames.self, takes: [.words("firstname"), .words("lastname")],
            decode: { exchange throws(AuthError) in
                SuggestNicknames.Input(
                    firstName: try exchange.text("firstname", required: .firstName),
                    lastName: try exchange.text("lastname", required: .lastName))
            },
            encode: { nicknames, _ in .json(.ok, .array(nicknames.map { .string($0.typed) })) },
            refusing: [.missing: Refusal(.badRequest, "missing firstname or lastname")]),
    ]
}
