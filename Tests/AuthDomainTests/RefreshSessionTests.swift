import AuthTestSupport
import Testing

@testable import AuthDomain

@Suite struct RefreshSessionTests {
    private func refresh(
        _ house: InMemoryHouse, _ session: SessionSecret?, _ generation: Int
    ) throws(AuthError) -> RefreshSession.Output {
        try house.run(RefreshSession.self, RefreshSession.Input(session: session, generation: generation))
    }

    @Test func `a refresh token gives way to the next, and the session gets another stretch`() throws {
        var house = try InMemoryHouse.riders()
        let made = try house.join()
        house.wait(.seconds(1_000))
        let output = try refresh(house, made.issued.session, 0)
        #expect(output.generation == 1)
        #expect(output.session.octets == made.issued.session.octets)
        #expect(output.login.account.id == made.account.id)
        #expect(output.login.expires == house.now + house.policy.tokens.refresh)
        #expect(try refresh(house, made.issued.session, 1).generation == 2)
    }

    @Test func `an old token has the same successor for as long as the grace`() throws {
        var house = try InMemoryHouse.riders()
        let session = try house.join().issued.session
        _ = try refresh(house, session, 0)
        house.wait(house.policy.tokens.refreshGrace - .microseconds(1))
        #expect(try refresh(house, session, 0).generation == 1)
        house.wait(.microseconds(1))
        #expect(throws: AuthError.noSession) { try refresh(house, session, 0) }
        #expect(throws: AuthError.noSession) { try house.resolve(session) }
        #expect(throws: AuthError.noSession) { try refresh(house, session, 1) }
    }

    @Test func `no session has no successor`() throws {
        let house = try InMemoryHouse.riders()
        #expect(throws: AuthError.noSession) { try refresh(house, nil, 0) }
        let octets = [UInt8](repeating: 7, count: SessionSecret.length)
        #expect(throws: AuthError.noSession) { try refresh(house, SessionSecret(octets: octets), 0) }
        let session = try house.join().issued.session
        try house.run(LogOut.self, session)
        #expect(throws: AuthError.noSession) { try refresh(house, session, 0) }
    }
}
