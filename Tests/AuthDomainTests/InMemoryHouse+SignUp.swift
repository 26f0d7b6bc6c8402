import AuthDomain
import AuthTestSupport
import Testing

/// The steps of who signs up, proves an address and comes back.
extension InMemoryHouse {
    static let signUpPassword = Password("securepassword")

    /// A house whose sign-ups wait for their proof.
    static func waiting(revealing: Bool = true) throws -> InMemoryHouse {
        var house = try #require(InMemoryHouse(realm: "compass"))
        house.policy.keepsPendingAccounts = true
        house.policy.isUniform = !revealing
        return house
    }

    /// What is read from texts as they are typed.
    static func addresses(_ texts: [String]) throws -> [Address] {
        try texts.map { text in
            if let email = EmailAddress(text) { return .email(email) }
            return .phone(try #require(PhoneNumber(text)))
        }
    }

    @discardableResult
    func signUp(_ texts: String..., password: Password = InMemoryHouse.signUpPassword) throws -> SignUp.Output {
        let addresses = try Self.addresses(texts)
        var email: EmailAddress?
        for case .email(let address) in addresses { email = address }
        return try run(
            SignUp.self,
            SignUp.Input(
                email: email, phone: addresses.compactMap(\.phone).first, password: password, profile: Profile()))
    }

    /// The code of the last message.
    func code() throws -> OneTimeCode {
        guard case .code(let code, _) = try #require(store.messages.last).content else { throw AuthError.noChallenge }
        return code
    }

    func verify(_ code: OneTimeCode, of texts: String..., session: SessionSecret? = nil) throws -> Issued {
        let addresses = try Self.addresses(texts)
        return try run(VerifySignUp.self, VerifySignUp.Input(code: code, addresses: addresses, session: session))
    }

    /// Signs up and proves the address, and lets the resend interval pass.
    @discardableResult
    mutating func join(_ email: String, phone: String? = nil) throws -> Issued {
        if let phone { try signUp(email, phone) } else { try signUp(email) }
        let issued = try verify(try code(), of: email)
        wait(.seconds(60))
        return issued
    }

    func resend(_ texts: String...) throws { try run(ResendCode.self, try Self.addresses(texts)) }

    func forget(_ texts: String...) throws {
        try run(RequestReset.self, RequestReset.Input(addresses: try Self.addresses(texts)))
    }

    func reset(_ texts: String..., code: OneTimeCode, to password: String) throws {
        let input = ResetByCode.Input(
            addresses: try Self.addresses(texts), code: code, password: Password(password))
        try run(ResetByCode.self, input)
    }

    @discardableResult
    func comeBack(_ texts: String..., password: Password = InMemoryHouse.signUpPassword) throws -> LogIn.Output {
        let identifiers = try Self.addresses(texts).map(\.identifier)
        return try run(LogIn.self, LogIn.Input(identifiers: identifiers, mustAgree: true, password: password))
    }

    /// Whether a login lives.
    func isLive(_ session: SessionSecret) -> Bool {
        (try? run(ResolveSession.self, ResolveSession.Input(session: session))) != nil
    }
}
