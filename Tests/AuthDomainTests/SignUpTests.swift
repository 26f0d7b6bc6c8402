import AuthDomain
import AuthTestSupport
import Testing

@Suite struct SignUpTests {
    @Test func `the code goes to the email where there is one`() throws {
        let house = try InMemoryHouse.waiting()
        try house.signUp("ada@example.com", "+33612345678")
        #expect(house.store.messages.map(\.address.key) == ["ada@example.com"])
        #expect(house.store.accountCount == 0)
    }

    @Test func `without an email the code goes to the phone`() throws {
        let house = try InMemoryHouse.waiting()
        let output = try house.signUp("+33612345678")
        #expect(house.store.messages.map(\.address.key) == ["+33612345678"])
        #expect(output.codeLifetime == .seconds(600))
        #expect(output.issued.lifetime == .seconds(3_600))
    }

    @Test func `without an address nobody signs up`() throws {
        let house = try InMemoryHouse.waiting()
        #expect(throws: AuthError.missing(.email)) { try house.signUp() }
    }

    @Test(arguments: ["short", "ADA@example.com", "+33612345678"])
    func `a password that may not be is refused and nothing is sent`(password: String) throws {
        let house = try InMemoryHouse.waiting()
        #expect(throws: AuthError.invalid(.password)) {
            try house.signUp("ada@example.com", "+33612345678", password: Password(password))
        }
        #expect(house.store.messages.isEmpty)
    }

    @Test func `what an account has is taken, and what only waits is not`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com", phone: "+33612345678")
        #expect(throws: AuthError.taken(.email)) { try house.signUp("ADA@example.com") }
        #expect(throws: AuthError.taken(.phone)) { try house.signUp("bob@example.com", "+33612345678") }
        try house.signUp("bob@example.com")
        house.wait(.seconds(60))
        try house.signUp("bob@example.com")
    }

    @Test func `where it must not be told an address that was never proven is whose proves it`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        let squatter = try house.join("eve@example.com", phone: "+33612345678")
        try house.signUp("+33612345678", password: Password("anotherpassword"))
        #expect(house.store.messages.last?.address.key == "+33612345678")
        let owner = try house.verify(try house.code(), of: "+33612345678")
        #expect(try house.comeBack("+33612345678", password: Password("anotherpassword")).account.id == owner.account)
        let rest = try house.comeBack("eve@example.com").account
        #expect(rest.id == squatter.account && rest.phone != nil)
        house.wait(.seconds(60))
        let sent = house.store.messages.count
        try house.signUp("+33612345678")
        #expect(house.store.messages.count == sent)
    }

    @Test func `a sign-up that comes too soon is refused`() throws {
        var house = try InMemoryHouse.waiting()
        try house.signUp("ada@example.com")
        house.wait(.seconds(59))
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(1))) { try house.signUp("ada@example.com") }
    }

    @Test func `where it must not be told a taken address is answered and nothing is sent`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com")
        let sent = house.store.messages.count
        let output = try house.signUp("ada@example.com", password: Password("anotherpassword"))
        #expect(house.store.messages.count == sent)
        #expect(output.codeLifetime == .seconds(600))
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.signUp("ada@example.com") }
        try house.comeBack("ada@example.com")
    }
}
