import AuthDomain
import AuthTestSupport
import Testing

@Suite struct VerifySignUpTests {
    @Test func `the right code makes the account and logs its owner in`() throws {
        let house = try InMemoryHouse.waiting()
        let output = try house.signUp("ada@example.com", "+33612345678")
        let issued = try house.verify(try house.code(), of: "+33 6 12 34 56 78")
        #expect(issued.account == output.issued.account)
        #expect(house.isLive(issued.session))
        #expect(!house.isLive(output.issued.session))
        #expect(house.store.accountCount == 1)
    }

    @Test func `the session of the sign-up names it too`() throws {
        let house = try InMemoryHouse.waiting()
        let session = try house.signUp("ada@example.com").issued.session
        let code = try house.code()
        #expect(try house.isLive(house.verify(code, session: session).session))
        #expect(throws: AuthError.alreadyVerified) { try house.verify(code, session: session) }
    }

    @Test(arguments: [true, false])
    func `who began a registration does not prove its address for a newer one`(revealing: Bool) throws {
        var house = try InMemoryHouse.waiting(revealing: revealing)
        let older = try house.signUp("ada@example.com").issued.session
        house.wait(.seconds(60))
        let newer = try house.signUp("ada@example.com").issued
        let code = try house.code()
        #expect(throws: revealing ? AuthError.alreadyVerified : .noChallenge) {
            try house.verify(code, session: older)
        }
        #expect(throws: AuthError.noChallenge) { try house.verify(code, of: "ada@example.com", session: older) }
        #expect(house.store.accountCount == 0)
        #expect(try house.verify(code, of: "ada@example.com", session: newer.session).account == newer.account)
    }

    @Test func `a login's session names no registration`() throws {
        var house = try InMemoryHouse.waiting()
        let login = try house.join("ada@example.com").session
        #expect(throws: AuthError.alreadyVerified) { try house.verify(try house.code(), session: login) }
        #expect(throws: AuthError.missing(.email)) { try house.verify(try house.code()) }
    }

    @Test func `five wrong codes end the code`() throws {
        let house = try InMemoryHouse.waiting()
        try house.signUp("ada@example.com")
        for _ in 1...5 {
            #expect(throws: AuthError.wrongCode) { try house.verify(try house.wrongCode(), of: "ada@example.com") }
        }
        #expect(throws: AuthError.attemptsExhausted) { try house.verify(try house.code(), of: "ada@example.com") }
        #expect(house.store.accountCount == 0)
    }

    @Test func `a code is good for ten minutes`() throws {
        var house = try InMemoryHouse.waiting()
        try house.signUp("ada@example.com")
        house.wait(.seconds(600))
        #expect(throws: AuthError.noChallenge) { try house.verify(try house.code(), of: "ada@example.com") }
    }

    @Test func `of nobody and of an account nothing is verified`() throws {
        var house = try InMemoryHouse.waiting()
        try house.join("ada@example.com")
        let code = try house.code()
        #expect(throws: AuthError.noAccount) { try house.verify(code, of: "bob@example.com") }
        #expect(throws: AuthError.noChallenge) { try house.verify(code, of: "ada@example.com") }
    }

    @Test func `addresses of two registrations name none`() throws {
        let house = try InMemoryHouse.waiting()
        try house.signUp("bob@example.com", "+33612345679")
        try house.signUp("ada@example.com", "+33612345678")
        #expect(throws: AuthError.noAccount) {
            try house.verify(try house.code(), of: "ada@example.com", "+33612345679")
        }
    }

    @Test(arguments: [true, false])
    func `a phone that got an account meanwhile is told where that may be`(revealing: Bool) throws {
        let house = try InMemoryHouse.waiting(revealing: revealing)
        try house.signUp("ada@example.com", "+33612345678")
        let code = try house.code()
        try house.signUp("bob@example.com", "+33612345678")
        _ = try house.verify(try house.code(), of: "bob@example.com")
        #expect(throws: revealing ? AuthError.taken(.phone) : .noChallenge) {
            try house.verify(code, of: "ada@example.com")
        }
    }

    @Test func `where it must not be told wrong codes fail alike for accounts and for nobody`() throws {
        var house = try InMemoryHouse.waiting(revealing: false)
        try house.join("ada@example.com")
        let known = try house.signUp("ada@example.com").issued.session
        let code = try house.wrongCode()
        for text in ["ada@example.com", "nobody@example.com"] {
            #expect(throws: text.hasPrefix("ada") ? AuthError.wrongCode : .noChallenge) {
                try house.verify(code, of: text)
            }
        }
        #expect(throws: AuthError.wrongCode) { try house.verify(code, session: known) }
    }
}
