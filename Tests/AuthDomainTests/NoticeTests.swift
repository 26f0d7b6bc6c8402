import AuthTestSupport
import Testing

@testable import AuthDomain

@Suite struct NoticeTests {
    private static let home = ClientAddress(octets: [192, 0, 2, 7])
    private static let elsewhere = ClientAddress(octets: [198, 51, 100, 23])

    private func house(_ kinds: Set<Notice.Kind>, uniform: Bool = false) throws -> InMemoryHouse {
        var house = try InMemoryHouse.riders()
        house.client = Self.home
        house.policy.notices.kinds = kinds
        house.policy.notices.link = { secret, realm in
            "https://a.example/\(realm.name)/\(Hexadecimal.text(secret.octets))"
        }
        house.policy.isUniform = uniform
        return house
    }

    private func notices(_ house: InMemoryHouse) -> [Notice] {
        house.store.messages.compactMap { message in
            guard case .notice(let notice) = message.content else { return nil }
            return notice
        }
    }

    /// The secret of a notice's link.
    private func secret(_ notice: Notice) throws -> SessionSecret {
        let text = try #require(notice.link?.split(separator: "/").last)
        return try #require(Hexadecimal.octets(String(text)).flatMap(SessionSecret.init(octets:)))
    }

    @Test func `a login from a client that signed up or logged in is not told, another is told once`() throws {
        var house = try house([.newDevice])
        _ = try house.join()
        _ = try house.logIn()
        #expect(notices(house).isEmpty)
        house.client = Self.elsewhere
        _ = try house.logIn()
        _ = try house.logIn()
        let notice = try #require(notices(house).first)
        #expect(notices(house).count == 1)
        #expect(notice.kind == .newDevice && notice.client == "198.51.100.23" && notice.moment == house.now)
        #expect(house.store.messages.last?.address.key == InMemoryHouse.email)
    }

    @Test func `the link ends the session that it was sent for, once, and no other`() throws {
        var house = try house([.newDevice])
        let first = try house.join().issued.session
        _ = try house.logIn()
        house.client = Self.elsewhere
        let second = try house.logIn().issued.session
        let third = try house.logIn().issued.session
        let grant = try secret(try #require(notices(house).first))
        try house.run(EndSessionByLink.self, grant)
        #expect(throws: AuthError.noSession) { try house.resolve(second) }
        _ = try house.resolve(first)
        _ = try house.resolve(third)
        #expect(throws: AuthError.noGrant) { try house.run(EndSessionByLink.self, grant) }
        #expect(throws: AuthError.noGrant) { try house.run(EndSessionByLink.self, first) }
        #expect(throws: AuthError.noGrant) { try house.run(EndSessionByLink.self, nil) }
    }

    @Test func `a link is over in time`() throws {
        var house = try house([.newDevice])
        _ = try house.join()
        _ = try house.logIn()
        house.client = Self.elsewhere
        _ = try house.logIn()
        house.wait(house.policy.notices.linkLifetime)
        let grant = try secret(try #require(notices(house).first))
        #expect(throws: AuthError.noGrant) { try house.run(EndSessionByLink.self, grant) }
    }

    @Test func `the first login of an account that is new here is not told, of one that slept it is`() throws {
        var house = try house([])
        _ = try house.join()
        house.policy.notices.kinds = [.newDevice]
        _ = try house.logIn()
        #expect(notices(house).isEmpty)
        house.wait(.seconds(91 * 86_400))
        _ = try house.logIn()
        #expect(notices(house).count == 1)
    }

    @Test func `wrong passwords and clients that nobody knows are not told`() throws {
        var house = try house([.newDevice])
        _ = try house.join()
        house.client = Self.elsewhere
        #expect(throws: AuthError.wrongCredentials) { try house.logIn("wrong words") }
        house.client = nil
        _ = try house.logIn()
        #expect(notices(house).isEmpty)
    }

    @Test(arguments: [true, false])
    func `a new password is told where that is wanted`(isWanted: Bool) throws {
        let house = try house(isWanted ? [.passwordChanged] : [])
        _ = try house.join()
        try house.askForLink()
        let input = ResetByGrant.Input(grant: try house.lastGrant(), password: Password("another horse"))
        try house.run(ResetByGrant.self, input)
        #expect(notices(house).map(\.kind) == (isWanted ? [.passwordChanged] : []))
        #expect(notices(house).allSatisfy { $0.link == nil })
    }

    @Test func `what is proven is told before what is not`() throws {
        let email = try #require(EmailAddress("ada@example.com"))
        let phone = try #require(PhoneNumber("+33612345678"))
        let id = AccountID(at: Timestamp(microseconds: 0), random: [])
        let account = { (proven: Set<Field>) in
            Account(id: id, nickname: nil, phone: phone, email: email, profile: Profile(), proven: proven)
        }
        #expect(account([]).addressForNotices == .email(email))
        #expect(account([.phone]).addressForNotices == .phone(phone))
        #expect(account([.phone, .email]).addressForNotices == .email(email))
    }

    @Test(arguments: [true, false])
    func `an owner is told of a registration only where it must not be told that they have an account`(
        uniform: Bool
    ) throws {
        var house = try house([.registrationAttempted], uniform: uniform)
        let made = try house.join()
        house.wait(.seconds(60))
        house.client = Self.elsewhere
        guard uniform else {
            #expect(throws: AuthError.taken(.email)) { try house.join() }
            return #expect(notices(house).isEmpty)
        }
        let shadow = try house.join()
        #expect(notices(house).map(\.kind) == [.registrationAttempted])
        #expect(house.store.messages.count == 2)
        #expect(shadow.account.id != made.account.id && shadow.account.email == made.account.email)
        #expect(try house.resolve(shadow.issued.session).account == shadow.account)
    }

    @Test func `a notice that the day has no mail for is left out, and the login goes on`() throws {
        var house = try house([.newDevice])
        _ = try house.join()
        _ = try house.logIn()
        house.policy.codes.spend.mailsPerDay = 1
        house.client = Self.elsewhere
        _ = try house.logIn()
        #expect(notices(house).isEmpty)
        house.policy.codes.spend.mailsPerDay = 2
        house.client = ClientAddress(octets: [203, 0, 113, 9])
        _ = try house.logIn()
        #expect(notices(house).count == 1)
    }

    @Test func `no notice goes to a phone of a country that is not texted`() throws {
        var house = try house(Set(Notice.Kind.allCases))
        let phone: Address = .phone(try #require(PhoneNumber("+33612345678")))
        #expect(house.call.notice(.passwordChanged, to: phone) != nil)
        house.policy.codes.spend.countries = ["43"]
        #expect(house.call.notice(.passwordChanged, to: phone) == nil)
    }
}
