import AuthDomain
import AuthTestSupport
import Testing

/// The steps that tests of accounts by email are made of.
extension InMemoryHouse {
    static let memberPassword = "correct horse"

    /// Makes an account and logs its owner in.
    func create(
        _ email: String, phone: String? = nil, password: String = Self.memberPassword
    ) throws -> CreateAccount.Output {
        try run(
            CreateAccount.self,
            CreateAccount.Input(
                email: try #require(EmailAddress(email)), phone: try phone.map { try #require(PhoneNumber($0)) },
                password: Password(password), profile: Profile(displayName: DisplayName("Ada")), sendsCode: false))
    }

    func logInMember(_ email: String, password: String = Self.memberPassword) throws -> LogIn.Output {
        try run(
            LogIn.self,
            LogIn.Input(
                identifiers: [.email(try #require(EmailAddress(email)))], password: Password(password)))
    }

    /// Whose session it is.
    func resolve(_ session: SessionSecret?, claimed: AccountID?) throws -> LoginSession {
        try run(ResolveSession.self, ResolveSession.Input(session: session, claimed: claimed))
    }

    /// A code that is not the one of the last message.
    func wrongCode() throws -> OneTimeCode {
        try #require(OneTimeCode(try lastCode().text == "000000" ? "000001" : "000000"))
    }
}
