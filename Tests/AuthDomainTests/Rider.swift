import AuthTestSupport
import Testing

@testable import AuthDomain

/// Steps of somebody whose account is made before its email is proven.
extension InMemoryHouse {
    static let email = "ada@example.com"
    static let password = "secret-words"

    /// A house of accounts with an email.
    static func riders() throws -> InMemoryHouse { try #require(InMemoryHouse(realm: "riders")) }

    func join(
        _ email: String = Self.email, phone: String? = nil, password: String = Self.password, sendsCode: Bool = true
    ) throws -> CreateAccount.Output {
        let address: EmailAddress = try #require(EmailAddress(email))
        return try run(
            CreateAccount.self,
            CreateAccount.Input(
                email: address, phone: phone.flatMap { PhoneNumber($0) }, password: Password(password),
                profile: Profile(firstName: DisplayName("Ada")), sendsCode: sendsCode))
    }

    /// Whose login session it is.
    func resolve(_ session: SessionSecret?) throws(AuthError) -> LoginSession {
        try run(ResolveSession.self, ResolveSession.Input(session: session))
    }

    /// Logs in by the email.
    func logIn(_ password: String = Self.password, email: String = Self.email) throws -> LogIn.Output {
        let address: EmailAddress = try #require(EmailAddress(email))
        return try run(LogIn.self, LogIn.Input(identifiers: [.email(address)], password: Password(password)))
    }

    /// Asks for a link; what it carries.
    func askForLink(_ email: String = Self.email) throws {
        let address: EmailAddress = try #require(EmailAddress(email))
        try run(
            RequestResetLink.self,
            RequestResetLink.Input(email: address) { "https://a.example/\(Hexadecimal.text($0.octets))" })
    }

    /// The grant that the last message's link carries.
    func lastGrant() throws -> SessionSecret {
        guard case .resetLink(let link)? = store.messages.last?.content else { throw AuthError.noGrant }
        let octets = try #require(Hexadecimal.octets(String(link.dropFirst("https://a.example/".count))))
        return try #require(SessionSecret(octets: octets))
    }

    /// The code of the last message.
    func lastCode() throws -> OneTimeCode {
        guard case .code(let code, _)? = store.messages.last?.content else { throw AuthError.noChallenge }
        return code
    }
}
