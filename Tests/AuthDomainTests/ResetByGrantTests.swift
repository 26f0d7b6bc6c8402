import AuthTestSupport
import Testing

@testable import AuthDomain

@Suite struct ResetByGrantTests {
    private static let changed = "other-words"

    /// A house with an account, its session, and a grant for a new password.
    private func house() throws -> (InMemoryHouse, SessionSecret, SessionSecret) {
        let house = try InMemoryHouse.riders()
        let session = try house.join(sendsCode: false).issued.session
        try house.askForLink()
        return (house, session, try house.lastGrant())
    }

    private func reset(_ house: InMemoryHouse, _ grant: SessionSecret?, _ password: String) throws(AuthError) {
        try house.run(ResetByGrant.self, ResetByGrant.Input(grant: grant, password: Password(password)))
    }

    @Test func `a grant sets a new password once, and everything issued before is over`() throws {
        let (house, session, grant) = try house()
        let second = try house.logIn().issued.session
        try reset(house, grant, Self.changed)
        for old in [session, second] { #expect(throws: AuthError.noSession) { try house.resolve(old) } }
        #expect(throws: AuthError.self) { try house.logIn() }
        _ = try house.logIn(Self.changed)
        #expect(throws: AuthError.noGrant) { try reset(house, grant, "third-words") }
    }

    @Test(arguments: ["short", InMemoryHouse.email])
    func `a password that the policy does not take leaves the grant good`(password: String) throws {
        let (house, session, grant) = try house()
        #expect(throws: AuthError.invalid(.password)) { try reset(house, grant, password) }
        _ = try house.resolve(session)
        try reset(house, grant, Self.changed)
    }

    @Test func `what is no grant is told first, whatever the password is`() throws {
        let (house, session, _) = try house()
        for grant in [nil, session] {
            #expect(throws: AuthError.noGrant) { try reset(house, grant, "short") }
            #expect(throws: AuthError.noGrant) { try reset(house, grant, Self.changed) }
        }
    }

    @Test func `a grant is over at its time`() throws {
        var (house, _, grant) = try house()
        house.wait(house.policy.tokens.resetLink)
        #expect(throws: AuthError.noGrant) { try reset(house, grant, Self.changed) }
    }
}
