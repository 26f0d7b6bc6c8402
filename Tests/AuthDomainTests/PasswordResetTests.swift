import AuthDomain
import AuthTestSupport
import Testing

/// `RequestReset` and `ResetByCode`.
@Suite struct PasswordResetTests {
    @Test(arguments: ["ada@example.com", "+33612345678"])
    func `the code sets a new password and ends every session`(text: String) throws {
        var house = try InMemoryHouse.waiting()
        let first = try house.join("ada@example.com", phone: "+33612345678").session
        let second = try house.comeBack("ada@example.com").issued.session
        try house.forget(text)
        #expect(house.store.messages.last?.address.key == "ada@example.com")
        let code = try house.code()
        try house.reset(text, code: code, to: "newsecurepassword")
        #expect(!house.isLive(first) && !house.isLive(second))
        #expect(throws: AuthError.wrongCredentials) { try house.comeBack("ada@example.com") }
        try house.comeBack("ada@example.com", password: Password("newsecurepassword"))
        #expect(throws: AuthError.noChallenge) { try house.reset(text, code: code, to: "thirdpassword") }
    }

    @Test func `where it must not be told who has an address that was never proven gets no code`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com", phone: "+33612345678")
        let sent = house.store.messages.count
        for phone in ["+33612345678", "+33612345679"] {
            try house.forget(phone)
            #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.forget(phone) }
        }
        #expect(house.store.messages.count == sent)
    }

    @Test func `who has proven nothing gets the code by mail, whatever they ask by`() throws {
        let house = try InMemoryHouse.riders()
        _ = try house.join(phone: "+33612345678", sendsCode: false)
        try house.forget("+33612345678")
        #expect(house.store.messages.map(\.address.key) == [InMemoryHouse.email])
        try house.reset("+33612345678", code: try house.code(), to: "newsecurepassword")
        #expect(try house.logIn("newsecurepassword").account.phone != nil)
    }

    @Test func `no link and no code for a grant go to an email that is not proven where the phone is`() throws {
        var house = try #require(InMemoryHouse())
        let phone: PhoneNumber = try #require(PhoneNumber("+33612345678"))
        let email: EmailAddress = try #require(EmailAddress("ada@example.com"))
        let session = try house.run(SendCode.self, SendCode.Input(phone: phone, session: nil)).session
        _ = try house.run(CheckCode.self, CheckCode.Input(session: session, code: try house.code()))
        _ = try house.run(
            Register.self,
            Register.Input(
                session: session, nickname: try #require(Nickname("Ada")), password: InMemoryHouse.signUpPassword,
                displayName: nil, email: email))
        let sent = house.store.messages.count
        #expect(throws: AuthError.noAccount) { try house.askForLink(email.typed) }
        house.policy.revealsAccounts = false
        try house.askForLink(email.typed)
        try house.forget(email.typed)
        #expect(house.store.messages.count == sent)
        house.wait(.seconds(60))
        let code = try #require(OneTimeCode("271828"))
        let challenge = Challenge(
            purpose: .passwordReset, realm: house.realm, address: .email(email), code: code, issued: house.now,
            policy: house.policy.codes)
        try house.store.issue(challenge, for: .again)
        #expect(throws: AuthError.noChallenge) {
            try house.run(ExchangeResetCode.self, ExchangeResetCode.Input(email: email, code: code))
        }
    }

    @Test func `after a reset only the client that made it is known`() throws {
        var house = try InMemoryHouse.waiting()
        let account = try house.join("ada@example.com").account
        let (stranger, owner) = (ClientAddress(octets: [192, 0, 2, 7]), ClientAddress(octets: [192, 0, 2, 8]))
        for client in [stranger, owner] {
            house.client = client
            try house.comeBack("ada@example.com")
        }
        try house.forget("ada@example.com")
        try house.reset("ada@example.com", code: try house.code(), to: "newsecurepassword")
        #expect(try house.store.knows(try #require(stranger), as: account, at: house.now) == nil)
        #expect(try house.store.knows(try #require(owner), as: account, at: house.now) != nil)
    }

    @Test(arguments: ["short", "ada@example.com", "+33612345678"])
    func `a password that may not be is refused and the code stays good`(password: String) throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com", phone: "+33612345678")
        try house.forget("ada@example.com")
        #expect(throws: AuthError.invalid(.password)) {
            try house.reset("ada@example.com", code: try house.code(), to: password)
        }
        try house.reset("ada@example.com", code: try house.code(), to: "newsecurepassword")
    }

    @Test func `no password is hashed for a wrong code, nor for none`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com")
        house.hasher.isOverloaded = true
        let guess = try #require(OneTimeCode("123456"))
        #expect(throws: AuthError.noChallenge) {
            try house.reset("ada@example.com", code: guess, to: "newsecurepassword")
        }
        try house.forget("ada@example.com")
        let code = try house.code()
        for _ in 1...4 {
            #expect(throws: AuthError.wrongCode) {
                try house.reset("ada@example.com", code: try house.wrongCode(), to: "newsecurepassword")
            }
        }
        #expect(throws: AuthError.overloaded(retryAfter: .seconds(1))) {
            try house.reset("ada@example.com", code: code, to: "newsecurepassword")
        }
        house.hasher.isOverloaded = false
        try house.reset("ada@example.com", code: code, to: "newsecurepassword")
    }

    @Test func `a wrong code sets nothing`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com")
        try house.forget("ada@example.com")
        for _ in 1...5 {
            #expect(throws: AuthError.wrongCode) {
                try house.reset("ada@example.com", code: try house.wrongCode(), to: "newsecurepassword")
            }
        }
        #expect(throws: AuthError.attemptsExhausted) {
            try house.reset("ada@example.com", code: try house.code(), to: "newsecurepassword")
        }
        try house.comeBack("ada@example.com")
    }

    @Test func `nobody, a registration that waits, and two accounts at once have no password to forget`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com", phone: "+33612345678")
        try house.join("bob@example.com", phone: "+33612345679")
        try house.signUp("eve@example.com")
        let code = try house.code()
        for texts in [["nobody@example.com"], ["eve@example.com"], ["ada@example.com", "+33612345679"]] {
            let addresses = try InMemoryHouse.addresses(texts)
            #expect(throws: AuthError.noAccount) {
                try house.run(RequestReset.self, RequestReset.Input(addresses: addresses))
            }
            #expect(throws: AuthError.noAccount) {
                try house.run(
                    ResetByCode.self,
                    ResetByCode.Input(addresses: addresses, code: code, password: Password("newsecurepassword")))
            }
        }
        #expect(throws: AuthError.missing(.email)) { try house.forget() }
        #expect(throws: AuthError.missing(.email)) { try house.reset(code: code, to: "newsecurepassword") }
    }

    @Test func `where it must not be told nobody is answered like somebody and nothing is sent`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com", phone: "+33612345678")
        try house.forget("ada@example.com")
        let code = try house.wrongCode()
        let sent = house.store.messages.count
        try house.forget("nobody@example.com")
        #expect(house.store.messages.count == sent)
        for text in ["ada@example.com", "nobody@example.com"] {
            #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.forget(text) }
            #expect(throws: AuthError.invalid(.password)) { try house.reset(text, code: code, to: text) }
            for _ in 1...5 {
                #expect(throws: AuthError.wrongCode) { try house.reset(text, code: code, to: "+33612345678") }
            }
            #expect(throws: AuthError.attemptsExhausted) { try house.reset(text, code: code, to: "newsecurepassword") }
        }
    }

    @Test func `where it must not be told a password that is the phone is refused, and the code stays good`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com", phone: "+33612345678")
        try house.forget("ada@example.com")
        #expect(throws: AuthError.noChallenge) {
            try house.reset("ada@example.com", code: try house.code(), to: "+33612345678")
        }
        try house.reset("ada@example.com", code: try house.code(), to: "newsecurepassword")
        try house.comeBack("ada@example.com", password: Password("newsecurepassword"))
    }
}
