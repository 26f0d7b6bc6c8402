import AuthTestSupport
import Testing

@testable import AuthDomain

@Suite struct RequestResetLinkTests {
    @Test func `the link that is sent carries a grant of an hour`() throws {
        let house = try InMemoryHouse.riders()
        let made = try house.join(sendsCode: false)
        try house.askForLink("ADA@example.com")
        let message = try #require(house.store.messages.first)
        #expect(message.address.key == InMemoryHouse.email)
        #expect(message.expires == house.now + .seconds(3_600))
        let digest = try PlainDigester().digest(try house.lastGrant())
        #expect(try house.store.holder(ofGrant: digest, in: house.realm, at: house.now).id == made.account.id)
    }

    @Test func `nobody is told apart from somebody only where the policy says so`() throws {
        var house = try InMemoryHouse.riders()
        _ = try house.join(sendsCode: false)
        #expect(throws: AuthError.noAccount) { try house.askForLink("bob@example.com") }
        house.policy.isUniform = true
        try house.askForLink("bob@example.com")
        #expect(house.store.messages.isEmpty)
        try house.askForLink()
        for email in ["bob@example.com", InMemoryHouse.email] {
            #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) { try house.askForLink(email) }
        }
    }
}
