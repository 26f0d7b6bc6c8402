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
            refuse: { error in
                switch error {
                case .invalid: Refusal(.badRequest, "Invalid nickname")
                case .taken: Refusal(.badRequest, "Nickname already taken")
                default: nil
                }
            }),
        Route(
            .post, "/api/check-phone", CheckAvailability.self, takes: [.string("phone")],
            decode: { exchange throws(AuthError) in
                guard let phone = exchange.text("phone").flatMap({ PhoneNumber($0) }) else { throw .invalid(.phone) }
                return .phone(phone)
            },
            encode: { isFree, _ in .json(.ok, ["available": .bool(isFree)]) },
            refuse: { error in
                switch error {
                case .invalid: Refusal(.badRequest, "Invalid phone")
                default: nil
                }
            }),
        Route(
            .post, "/api/suggest-nicknames", SuggestNicknames.self, takes: [.string("firstname"), .string("lastname")],
            decode: { exchange throws(AuthError) in
                SuggestNicknames.Input(
                    firstName: try exchange.text("firstname", required: .firstName),
                    lastName: try exchange.text("lastname", required: .lastName))
            },
            encode: { nicknames, _ in .json(.ok, .array(nicknames.map { .string($0.typed) })) },
            refuse: { error in
                switch error {
                case .missing: Refusal(.badRequest, "missing firstname or lastname")
                default: nil
                }
            }),
    ]
}
