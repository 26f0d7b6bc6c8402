import AuthTestSupport
import Testing

@testable import AuthDomain

/// The use cases of a sign-up by phone, on the in-memory doubles.
@Suite struct TwakeFlowTests {
    var house: InMemoryHouse

    init() throws { house = try #require(InMemoryHouse()) }

    private func refusal<Value>(_ body: () throws(AuthError) -> Value) -> AuthError? {
        do throws(AuthError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    private func phone(_ text: String = "+33612345678") throws -> PhoneNumber { try #require(PhoneNumber(text)) }

    private func ask(_ text: String = "+33612345678", with session: SessionSecret? = nil) throws -> (
        SessionSecret, OneTimeCode
    ) {
        let output = try house.run(SendCode.self, SendCode.Input(phone: try phone(text), session: session))
        guard case .code(let code, .registration)? = house.store.messages.last?.content else {
            throw AuthError.unavailable
        }
        return (output.session, code)
    }

    private func check(_ code: String, _ session: SessionSecret?) throws -> AuthError? {
        let code = try #require(OneTimeCode(code))
        return refusal { () throws(AuthError) in
            try house.run(CheckCode.self, CheckCode.Input(session: session, code: code))
        }
    }

    private func registration(
        _ session: SessionSecret?, _ nickname: String = "Ada", _ password: String = "a good password"
    ) throws -> Register.Input {
        Register.Input(
            session: session, nickname: try #require(Nickname(nickname)), password: Password(password),
            displayName: DisplayName("Ada"), email: EmailAddress("ada@example.com"))
    }

    private func signUp() throws -> Issued {
        let (session, code) = try ask()
        try #require(try check(code.text, session) == nil)
        return try house.run(Register.self, try registration(session))
    }

    private func logIn(_ login: String, _ password: String = "a good password") -> AuthError? {
        refusal { () throws(AuthError) in
            try house.run(
                LogIn.self,
                LogIn.Input(identifiers: AccountIdentifier.readings(ofLogin: login), password: Password(password)))
        }
    }

    @Test func `a phone, its code and a name make an account that is logged in`() throws {
        let issued = try signUp()
        let session = try house.run(ResolveSession.self, ResolveSession.Input(session: issued.session))
        #expect(session.account.nickname?.typed == "Ada")
        #expect(session.account.id == issued.account)
        for login in ["aDA", "+33 612345678", "ADA@example.com"] { #expect(logIn(login) == nil) }
        #expect(logIn("ada", "another password") == .wrongCredentials)
        #expect(logIn("nobody") == .noAccount)
    }

    @Test mutating func `a code is good for ten minutes and one use`() throws {
        let (session, code) = try ask()
        house.wait(.seconds(599))
        #expect(try check(code.text, session) == nil)
        #expect(try check(code.text, session) == .noChallenge)
        house.wait(.seconds(61))
        let (late, other) = try ask("+33612345679")
        house.wait(.seconds(600))
        #expect(try check(other.text, late) == .noChallenge)
    }

    @Test func `five wrong tries end a code`() throws {
        let (session, code) = try ask()
        for _ in 0..<5 { #expect(try check("wrong", session) == .wrongCode) }
        #expect(try check(code.text, session) == .attemptsExhausted)
        #expect(try check(code.text, nil) == .noChallenge)
    }

    @Test mutating func `a session that another phone took the place of has no code to tell`() throws {
        let (session, code) = try ask()
        house.wait(.seconds(60))
        _ = try ask("+33612345679", with: session)
        #expect(try check("wrong", session) == .noChallenge)
        #expect(try check(code.text, session) == .noChallenge)
    }

    @Test mutating func `a code is asked for once a minute, by phone and by session`() throws {
        let (session, _) = try ask()
        let again = SendCode.Input(phone: try phone(), session: nil)
        #expect(
            refusal { () throws(AuthError) in try house.run(SendCode.self, again) }
                == .tooManyRequests(retryAfter: .seconds(60)))
        let other = SendCode.Input(phone: try phone("+33612345679"), session: session)
        #expect(
            refusal { () throws(AuthError) in try house.run(SendCode.self, other) }
                == .tooManyRequests(retryAfter: .seconds(60)))
        house.wait(.seconds(60))
        #expect(refusal { () throws(AuthError) in try house.run(SendCode.self, again) } == nil)
    }

    @Test func `nobody registers without a proof, twice with one, or with a bad password`() throws {
        let (session, code) = try ask()
        let input = try registration(session)
        #expect(refusal { () throws(AuthError) in try house.run(Register.self, input) } == .unproven)
        try #require(try check(code.text, session) == nil)
        let weak = try registration(session, "Ada", "short")
        #expect(refusal { () throws(AuthError) in try house.run(Register.self, weak) } == .invalid(.password))
        #expect(refusal { () throws(AuthError) in try house.run(Register.self, input) } == nil)
        #expect(refusal { () throws(AuthError) in try house.run(Register.self, input) } == .unproven)
        let taken = SendCode.Input(phone: try phone(), session: nil)
        #expect(refusal { () throws(AuthError) in try house.run(SendCode.self, taken) } == .taken(.phone))
    }

    @Test mutating func `a session ends by logging out, by idleness, and by age`() throws {
        let first = try signUp()
        #expect(refusal { () throws(AuthError) in try house.run(LogOut.self, first.session) } == nil)
        #expect(refusal { () throws(AuthError) in try house.run(LogOut.self, first.session) } == .noSession)
        let login = LogIn.Input(
            identifiers: AccountIdentifier.readings(ofLogin: "ada"), password: Password("a good password"))
        let idle = try house.run(LogIn.self, login).issued.session
        house.wait(.seconds(86_400))
        let resolve = ResolveSession.Input(session: idle)
        #expect(refusal { () throws(AuthError) in try house.run(ResolveSession.self, resolve) } == .noSession)
        let old = try house.run(LogIn.self, login).issued.session
        for day in 0..<60 {
            house.wait(.seconds(43_200))
            let isOver =
                refusal { () throws(AuthError) in try house.run(ResolveSession.self, ResolveSession.Input(session: old))
                } != nil
            #expect(isOver == (day >= 59), "\(day)")
        }
    }

    @Test func `a better hash takes the place of an old one at a login`() throws {
        var house = house
        let issued = try signUp()
        house.hasher = CheapHasher(generation: 2)
        let login = LogIn.Input(
            identifiers: AccountIdentifier.readings(ofLogin: "ada"), password: Password("a good password"))
        #expect(try house.run(LogIn.self, login).account.id == issued.account)
        let nickname: Nickname = try #require(Nickname("ada"))
        let stored = try house.store.credentials(of: .nickname(nickname), in: house.realm)
        #expect(stored?.password.phc.hasPrefix("$cheap$2$") == true)
    }

    @Test(arguments: [
        ("Ada", "Lovelace"), ("", ""), ("李", "明"), ("Zoë", "Müßig-Ørsted"), ("a", ""),
        (String(repeating: "x", count: 500), "y"), ("\0", "@"),
    ])
    func `five free nicknames are suggested whatever the name`(first: String, last: String) throws {
        let suggest = { try house.run(SuggestNicknames.self, SuggestNicknames.Input(firstName: first, lastName: last)) }
        let names = try suggest()
        #expect(names.count == 5)
        #expect(Set(names).count == 5)
        for name in names { #expect(Nickname(name.typed) == name) }
    }

    @Test func `a nickname that somebody has is not suggested`() throws {
        let (session, code) = try ask()
        try #require(try check(code.text, session) == nil)
        _ = try house.run(Register.self, try registration(session, "ada.lovelace"))
        let names = try house.run(SuggestNicknames.self, SuggestNicknames.Input(firstName: "Ada", lastName: "Lovelace"))
        #expect(names.count == 5)
        #expect(!names.contains(try #require(Nickname("ada.lovelace"))))
    }
}
