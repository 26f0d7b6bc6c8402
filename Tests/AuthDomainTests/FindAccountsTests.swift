import AuthDomain
import AuthTestSupport
import Testing

/// `FindAccounts`.
@Suite struct FindAccountsTests {
    private var house: InMemoryHouse
    private let caller: LoginSession

    init() throws {
        house = try #require(InMemoryHouse(realm: "contacts"))
        house.policy.callingCode = "33"
        caller = try house.resolve(try house.create("ada@example.com").issued.session)
    }

    private func find(_ texts: [String]) throws -> [String] {
        try house.run(FindAccounts.self, FindAccounts.Input(session: caller, texts: texts)).map(\.text)
    }

    @Test func `matches come in the order asked for, each once, as they were written`() throws {
        _ = try house.create("bob@example.com", phone: "+33612345678")
        _ = try house.create("eve@example.com")
        let asked = ["EVE@example.com", "no@example.com", "6 12 34 56 78", "", "bob@example.com", "Ada@Example.com"]
        #expect(try find(asked) == ["EVE@example.com", "6 12 34 56 78", "Ada@Example.com"])
        #expect(try find(["eve@example.com", "eve@example.com"]) == ["eve@example.com"])
    }

    @Test func `a match tells whose account it is`() throws {
        let bob = try house.create("bob@example.com").account
        let input = FindAccounts.Input(session: caller, texts: ["bob@example.com"])
        #expect(try house.run(FindAccounts.self, input).map(\.account.id) == [bob.id])
    }

    @Test func `other realms have their own accounts`() throws {
        let other = CallContext(now: house.now, realm: try #require(Realm("codes")), policy: house.policy)
        let input = FindAccounts.Input(session: caller, texts: ["ada@example.com"])
        #expect(try FindAccounts.run(input, in: other, with: house.services).isEmpty)
    }

    @Test func `none and more than a thousand are refused and cost nothing`() throws {
        for _ in 1...30 {
            #expect(throws: AuthError.invalid(.identifiers)) { try find([]) }
            #expect(throws: AuthError.invalid(.identifiers)) { try find(Array(repeating: "x", count: 1_001)) }
        }
        #expect(try find(Array(repeating: "x", count: 999) + ["ada@example.com"]) == ["ada@example.com"])
    }

    @Test mutating func `an account asks twenty times a minute`() throws {
        for _ in 1...20 { _ = try find(["x"]) }
        house.wait(.seconds(10))
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(50))) { try find(["x"]) }
        let bob = try house.resolve(try house.create("bob@example.com").issued.session)
        _ = try house.run(FindAccounts.self, FindAccounts.Input(session: bob, texts: ["x"]))
        house.wait(.seconds(50))
        _ = try find(["x"])
    }
}
