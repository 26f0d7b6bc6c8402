import AuthDomain
import AuthTestSupport
import Testing

@Suite struct ResendCodeTests {
    @Test(arguments: ["ada@example.com", "+33612345678"])
    func `a registration gets a new code where the first one went`(text: String) throws {
        var house = try InMemoryHouse.waiting()
        try house.signUp("ada@example.com", "+33612345678")
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.resend(text) }
        house.wait(.seconds(60))
        try house.resend(text)
        #expect(house.store.messages.map(\.address.key) == ["ada@example.com", "ada@example.com"])
        _ = try house.verify(try house.code(), of: text)
    }

    @Test func `an account gets none, by whichever of its addresses`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com", phone: "+33612345678")
        #expect(throws: AuthError.alreadyVerified) { try house.resend("ada@example.com") }
        #expect(throws: AuthError.alreadyVerified) { try house.resend("+33612345678") }
        #expect(house.store.messages.count == 1)
    }

    @Test func `nobody gets none`() throws {
        var house = try InMemoryHouse.waiting()
        #expect(throws: AuthError.noAccount) { try house.resend("ada@example.com") }
        #expect(throws: AuthError.missing(.email)) { try house.resend() }
        try house.signUp("ada@example.com")
        house.wait(.seconds(86_400))
        #expect(throws: AuthError.noAccount) { try house.resend("ada@example.com") }
    }

    @Test func `where it must not be told nobody and accounts are answered, time and again, and nothing is sent`()
        throws
    {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com", phone: "+33612345678")
        for text in ["ada@example.com", "+33612345678", "nobody@example.com", "+33612345679"] {
            for _ in 1...3 {
                try house.resend(text)
                #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.resend(text) }
                house.wait(.seconds(60))
            }
        }
        #expect(house.store.messages.count == 1)
    }

    @Test func `where it must not be told a registration gets its code by the address of the first alone`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.signUp("ada@example.com", "+33612345678")
        try house.resend("+33612345678")
        #expect(house.store.messages.count == 1)
        house.wait(.seconds(60))
        try house.resend("ada@example.com")
        #expect(house.store.messages.count == 2)
    }
}
