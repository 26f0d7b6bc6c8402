import AuthDomain
import AuthTestSupport
import Testing

@Suite struct LoginLimitTests {
    private static let owner = ClientAddress(octets: [192, 0, 2, 1])
    private static let stranger = ClientAddress(octets: [198, 51, 100, 1])

    private func house() throws -> InMemoryHouse {
        var house = try #require(InMemoryHouse(realm: "contacts"))
        house.client = Self.owner
        let email = try #require(EmailAddress("ada@example.com"))
        _ = try house.run(
            CreateAccount.self,
            CreateAccount.Input(email: email, password: Password("right one"), profile: Profile(), sendsCode: false))
        return house
    }

    /// Why a login from this client is refused; nil when it is let in.
    private func logIn(
        _ house: InMemoryHouse, from client: ClientAddress?, _ password: String, as email: String = "ada@example.com"
    ) -> AuthError? {
        var house = house
        house.client = client
        let identifiers = AccountIdentifier.readings(ofLogin: email)
        do throws(AuthError) {
            _ = try house.run(LogIn.self, LogIn.Input(identifiers: identifiers, password: Password(password)))
            return nil
        } catch {
            return error
        }
    }

    @Test func `ten wrong passwords are compared, the eleventh try is not, right or wrong`() throws {
        let house = try house()
        for _ in 1...10 { #expect(logIn(house, from: Self.stranger, "wrong") == .wrongCredentials) }
        #expect(logIn(house, from: Self.stranger, "right one")?.reason == .tooManyRequests)
    }

    @Test func `nobody elsewhere locks out an owner who was logged in before`() throws {
        let house = try house()
        #expect(logIn(house, from: Self.owner, "right one") == nil)
        for _ in 1...20 { _ = logIn(house, from: Self.stranger, "wrong") }
        #expect(logIn(house, from: Self.stranger, "right one")?.reason == .tooManyRequests)
        #expect(logIn(house, from: Self.owner, "right one") == nil)
        for _ in 1...10 { #expect(logIn(house, from: Self.owner, "wrong") == .wrongCredentials) }
        #expect(logIn(house, from: Self.owner, "right one")?.reason == .tooManyRequests)
    }

    @Test func `the wait gets longer for who goes on, and is short again after a success`() throws {
        var house = try house()
        #expect(logIn(house, from: Self.owner, "right one") == nil)
        for minutes in [15, 30, 60, 120] {
            for client in [Self.stranger, Self.owner] {
                for _ in 1...10 { #expect(logIn(house, from: client, "wrong") == .wrongCredentials) }
                #expect(logIn(house, from: client, "wrong") == .tooManyRequests(retryAfter: .seconds(minutes * 60)))
            }
            house.wait(.seconds(minutes * 60))
        }
        #expect(logIn(house, from: Self.owner, "right one") == nil)
        for _ in 1...9 { #expect(logIn(house, from: Self.owner, "wrong") == .wrongCredentials) }
        house.wait(.seconds(4 * 3_600))
        for _ in 1...10 { #expect(logIn(house, from: Self.owner, "wrong") == .wrongCredentials) }
        #expect(logIn(house, from: Self.owner, "wrong") == .tooManyRequests(retryAfter: .seconds(900)))
    }

    @Test func `one client's own logins do not make its failures as others good`() throws {
        var house = try house()
        house.policy.limits.failedLoginsPerClient = Rate(15, in: .seconds(60))
        for number in 1...15 {
            #expect(logIn(house, from: Self.owner, "wrong", as: "nobody\(number)@example.com") == .noAccount)
            if number < 15 { #expect(logIn(house, from: Self.owner, "right one") == nil) }
        }
        #expect(logIn(house, from: Self.owner, "wrong", as: "nobody@example.com")?.reason == .tooManyRequests)
        // As itself it has a budget of its own.
        #expect(logIn(house, from: Self.owner, "right one") == nil)
    }

    @Test func `who has set a new password by a code is no stranger`() throws {
        let house = try house()
        let email = Address.email(try #require(EmailAddress("ada@example.com")))
        for _ in 1...10 { _ = logIn(house, from: Self.stranger, "wrong") }
        #expect(logIn(house, from: Self.owner, "right one")?.reason == .tooManyRequests)
        try house.run(RequestReset.self, RequestReset.Input(addresses: [email]))
        guard case .code(let code, _)? = house.store.messages.last?.content else {
            Issue.record("no code")
            return
        }
        try house.run(
            ResetByCode.self, ResetByCode.Input(addresses: [email], code: code, password: Password("another one")))
        #expect(logIn(house, from: Self.owner, "another one") == nil)
        #expect(logIn(house, from: Self.stranger, "another one")?.reason == .tooManyRequests)
    }

    @Test func `right passwords cost nothing`() throws {
        let house = try house()
        for _ in 1...30 { #expect(logIn(house, from: Self.stranger, "right one") == nil) }
    }

    @Test func `one client has so many failures for all accounts together`() throws {
        var house = try house()
        house.policy.limits.failedLoginsPerClient = Rate(15, in: .seconds(60))
        for number in 1...15 {
            #expect(logIn(house, from: Self.stranger, "wrong", as: "nobody\(number)@example.com") == .noAccount)
        }
        #expect(logIn(house, from: Self.stranger, "right one")?.reason == .tooManyRequests)
        #expect(logIn(house, from: Self.owner, "right one") == nil)
    }

    @Test func `an unknown account is limited like a known one`() throws {
        let house = try house()
        for _ in 1...10 { #expect(logIn(house, from: nil, "wrong", as: "nobody@example.com") == .noAccount) }
        #expect(logIn(house, from: nil, "wrong", as: "nobody@example.com")?.reason == .tooManyRequests)
    }

    @Test func `sign-ups from one client are limited`() throws {
        var house = try house()
        house.policy.limits.signUpsPerClient = Rate(3, in: .seconds(60))
        house.client = Self.stranger
        for number in 1...3 {
            _ = try house.run(RequestSignUpCode.self, try #require(EmailAddress("a\(number)@example.com")))
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) {
            try house.run(RequestSignUpCode.self, try #require(EmailAddress("a4@example.com")))
        }
    }

    @Test func `addresses of one IPv6 network are one client`() {
        let prefix: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2]
        let first = ClientAddress(octets: prefix + [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(first != nil)
        #expect(first == ClientAddress(octets: prefix + [9, 9, 9, 9, 9, 9, 9, 9]))
        #expect(
            ClientAddress(octets: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1])
                == ClientAddress(octets: [192, 0, 2, 1]))
    }
}
