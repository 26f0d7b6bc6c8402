import AuthTestSupport
import Testing

@testable import AuthDomain

@Suite struct VerifyEmailTests {
    private func verify(_ house: InMemoryHouse, _ session: SessionSecret, _ code: OneTimeCode) throws {
        try house.run(
            VerifyEmail.self, VerifyEmail.Input(session: try house.resolve(session), code: code))
    }

    @Test func `the code that was sent proves the email, and any does nothing after it`() throws {
        let house = try InMemoryHouse.riders()
        let session = try house.join().issued.session
        try verify(house, session, try house.lastCode())
        #expect(try house.resolve(session).account.proven == [.email])
        try verify(house, session, try #require(OneTimeCode("wrong")))
    }

    @Test func `who was overtaken by a call with the same code has proven the email, too`() throws {
        let house = try InMemoryHouse.riders()
        let before = try house.resolve(try house.join().issued.session)
        let code = try house.lastCode()
        let input = VerifyEmail.Input(session: before, code: code)
        for _ in 1...2 { try house.run(VerifyEmail.self, input) }
        let other = try house.resolve(try house.join("bob@example.com").issued.session)
        #expect(throws: AuthError.wrongCode) {
            try house.run(VerifyEmail.self, VerifyEmail.Input(session: other, code: code))
        }
    }

    @Test func `a wrong code costs a try, and five are all there are`() throws {
        let house = try InMemoryHouse.riders()
        let session = try house.join().issued.session
        let wrong = try #require(OneTimeCode("wrong"))
        for _ in 1...5 { #expect(throws: AuthError.wrongCode) { try verify(house, session, wrong) } }
        #expect(throws: AuthError.attemptsExhausted) { try verify(house, session, try house.lastCode()) }
        #expect(try house.resolve(session).account.proven == [])
    }

    @Test func `nobody proves their email by another's code`() throws {
        let house = try InMemoryHouse.riders()
        _ = try house.join("bob@example.com")
        let bobs = try house.lastCode()
        let session = try house.join().issued.session
        #expect(throws: AuthError.wrongCode) { try verify(house, session, bobs) }
    }

    @Test func `a code is over at its time`() throws {
        var house = try InMemoryHouse.riders()
        let session = try house.join().issued.session
        house.wait(house.policy.codes.lifetime)
        #expect(throws: AuthError.noChallenge) { try verify(house, session, try house.lastCode()) }
    }
}
