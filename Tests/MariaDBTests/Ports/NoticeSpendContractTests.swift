import AuthDomain
import Testing

/// What every store promises of what notices cost.
@Suite struct NoticeSpendContractTests {
    /// What an owner is told of.
    enum Deed: CaseIterable, Sendable {
        case login, resetByCode, resetByGrant, creation

        /// How many mails go out before it.
        var mailsBefore: Int {
            switch self {
            case .login: 1
            case .resetByCode, .resetByGrant: 2
            case .creation: 0
            }
        }
    }

    private func notice(_ scenario: Scenario) throws -> Message {
        var message = Message(
            realm: scenario.realm, address: try scenario.address(),
            content: .notice(Notice(kind: .newDevice, moment: scenario.now, client: nil)),
            created: scenario.now, expires: scenario.now + .seconds(60))
        message.spend = scenario.policy.spend
        return message
    }

    /// Does what its owner is told of when the day has `mails`; whether it is done.
    private func isDone(_ deed: Deed, _ scenario: inout Scenario, mails: Int) throws -> Bool {
        let (account, session) = (try scenario.member(), try scenario.session())
        let changed = PasswordHash(phc: "$cheap$1$ff")
        guard deed != .creation else {
            scenario.policy.spend.mailsPerDay = mails
            try scenario.ports().accounts.create(
                account, beginning: session, telling: try notice(scenario), perHour: 5)
            return try scenario.isLive(session.digest)
        }
        try #require(scenario.join(account, beginning: try scenario.session()) == nil)
        let email = try scenario.address().identifier
        var credentials: Credentials? {
            get throws { try scenario.ports().accounts.credentials(of: email, in: scenario.realm) }
        }
        switch deed {
        case .login:
            scenario.policy.spend.mailsPerDay = mails
            try scenario.ports().sessions.begin(
                session, for: try #require(try credentials), replacing: nil, limit: 50,
                telling: LoginNotice(grant: try scenario.session(), message: try notice(scenario)),
                settling: Relief())
            return try scenario.isLive(session.digest)
        case .resetByCode:
            try scenario.ask(.passwordReset, Scenario.email)
            scenario.policy.spend.mailsPerDay = mails
            let redemption = Redemption.password(account.id, changed, telling: try notice(scenario))
            try #require(scenario.redeem(.passwordReset, Scenario.email, "123456", redemption) == nil)
        case .resetByGrant:
            try scenario.ports().accounts.offer(
                ResetOffer(
                    account: account.id, grant: session, address: try scenario.address(), link: "https://a.example/x",
                    policy: scenario.policy))
            scenario.policy.spend.mailsPerDay = mails
            try scenario.ports().accounts.setPassword(
                changed, byGrant: session.digest, proves: false, telling: try notice(scenario), in: scenario.realm,
                at: scenario.now)
        case .creation: break
        }
        return try credentials?.password == changed
    }

    /// How many codes the day still has.
    private func left(_ scenario: Scenario) throws -> Int {
        for number in 0..<10 {
            do {
                try scenario.ports().challenges.issue(
                    try scenario.challenge(to: "b\(number)@example.org"), for: .again)
            } catch AuthError.tooManyRequests {
                return number
            }
        }
        return 10
    }

    @Test(arguments: PortsBackend.available, Deed.allCases)
    func `a notice is one of the day's mails`(backend: PortsBackend, deed: Deed) throws {
        var scenario = try Scenario(backend)
        #expect(try isDone(deed, &scenario, mails: deed.mailsBefore + 3))
        #expect(try left(scenario) == 2)
    }

    @Test(arguments: PortsBackend.available, Deed.allCases)
    func `a notice beyond the day's mails is left out, and what it tells of is done`(
        backend: PortsBackend, deed: Deed
    ) throws {
        var scenario = try Scenario(backend)
        #expect(try isDone(deed, &scenario, mails: deed.mailsBefore))
        scenario.policy.spend.mailsPerDay = deed.mailsBefore + 2
        #expect(try left(scenario) == 2)
    }
}
