import AuthDomain
import AuthTestSupport
import Testing

/// What every store that sends messages promises of what they cost.
@Suite struct SpendContractTests {
    private func scenario(_ backend: PortsBackend) throws -> Scenario {
        var scenario = try Scenario(backend)
        scenario.policy.spend.ranges.judgedAfter = 10
        scenario.policy.spend.ranges.usedPercent = 10
        return scenario
    }

    /// Phone number so-and-so of a range.
    private func phone(_ number: Int, range: String = "+4366012") -> String { "\(range)\(10_000 + number)" }

    /// How long to wait for a text to the phone; nil when it is sent.
    private func wait(_ scenario: Scenario, _ phone: String) throws -> Duration? {
        do {
            _ = try scenario.ask(phone, code: "123456")
            return nil
        } catch let error as AuthError {
            let wait: Duration = try #require(error.retryAfter)
            return wait
        }
    }

    private func mail(_ scenario: Scenario, _ email: String, isKnown: Bool) throws -> Duration? {
        do {
            try scenario.ports().challenges.issue(
                try scenario.addressed(.verification, to: email, code: "123456"), for: isKnown ? .again : .nobody)
            return nil
        } catch let error as AuthError {
            let wait: Duration = try #require(error.retryAfter)
            return wait
        }
    }

    @Test(arguments: PortsBackend.available)
    func `the day's mails are all realms', and no more go, to nobody either`(backend: PortsBackend) throws {
        var scenario = try scenario(backend)
        scenario.policy.spend.mailsPerDay = 4
        for number in 1...4 {
            #expect(try mail(scenario, "a\(number)@example.org", isKnown: number.isMultiple(of: 2)) == nil)
        }
        scenario.now = scenario.now + .seconds(3_600)
        for isKnown in [true, false] {
            #expect(try mail(scenario, "b@example.org", isKnown: isKnown) == .seconds(82_800))
        }
        #expect(try wait(scenario, phone(1)) == nil)
        scenario.now = scenario.now + .seconds(82_800)
        #expect(try mail(scenario, "b@example.org", isKnown: true) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a message that does not go leaves nothing behind`(backend: PortsBackend) throws {
        var scenario = try scenario(backend)
        scenario.policy.spend.textsPerDay = 1
        #expect(try wait(scenario, phone(1)) == nil)
        #expect(try wait(scenario, phone(2)) == .seconds(86_400))
        scenario.policy.spend.textsPerDay = 2
        #expect(try wait(scenario, phone(2)) == nil)
        scenario.policy.spend.textsPerDay = 0
        #expect(try wait(scenario, phone(3)) != nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a link to set a new password is one of the day's mails`(backend: PortsBackend) throws {
        var scenario = try scenario(backend)
        scenario.policy.spend.mailsPerDay = 1
        let offer = { (email: String) throws in
            ResetOffer(
                account: nil, grant: try scenario.session(), address: try Scenario.address(email),
                link: "https://example.org/x", policy: scenario.policy)
        }
        try scenario.ports().accounts.offer(try offer("a@example.org"))
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(86_400))) {
            try scenario.ports().accounts.offer(try offer("b@example.org"))
        }
    }

    @Test(arguments: PortsBackend.available)
    func `of 40 parallel texts as many go as the day has`(backend: PortsBackend) throws {
        var scenario = try scenario(backend)
        scenario.policy.spend.textsPerDay = 7
        scenario.policy.spend.ranges.judgedAfter = 0
        let racing = scenario
        let results = Parallel.run(40) { number in try? wait(racing, phone(number)) }
        #expect(results.count { $0 == .some(nil) } == 7)
        #expect(results.count { $0 == .seconds(86_400) } == 33)
    }

    @Test(arguments: PortsBackend.available)
    func `of 40 parallel texts to a range whose codes nobody uses ten go, and others are texted`(
        backend: PortsBackend
    ) throws {
        let scenario = try scenario(backend)
        let results = Parallel.run(40) { number in try? wait(scenario, phone(number)) }
        #expect(results.count { $0 == .some(nil) } == 10)
        #expect(results.count { $0 == .seconds(3_600) } == 30)
        #expect(try wait(scenario, phone(1, range: "+4366013")) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a range whose codes are used is never stopped`(backend: PortsBackend) throws {
        let scenario = try scenario(backend)
        for number in 1...60 {
            let session = try scenario.ask(phone(number), code: "123456")
            if number.isMultiple(of: 5) { #expect(scenario.tell("123456", in: session) == nil) }
        }
    }

    @Test(arguments: PortsBackend.available)
    func `a code that is used late lets texts go on`(backend: PortsBackend) throws {
        let scenario = try scenario(backend)
        let sessions = try (1...10).map { try scenario.ask(phone($0), code: "123456") }
        #expect(try wait(scenario, phone(11)) == .seconds(3_600))
        #expect(scenario.tell("000000", in: sessions[4]) == .wrongCode)
        #expect(try wait(scenario, phone(11)) == .seconds(3_600))
        #expect(scenario.tell("123456", in: sessions[4]) == nil)
        #expect(try wait(scenario, phone(11)) == nil)
        #expect(try wait(scenario, phone(12)) != nil)
    }

    @Test(arguments: PortsBackend.available)
    func `after its pause a range gets few codes, and more when they are used`(backend: PortsBackend) throws {
        var scenario = try scenario(backend)
        scenario.policy.spend.ranges.judgedAfter = 20
        for number in 1...20 { #expect(try wait(scenario, phone(number)) == nil) }
        scenario.now = scenario.now + .seconds(3_599)
        #expect(try wait(scenario, phone(21)) == .seconds(1))
        scenario.now = scenario.now + .seconds(1)
        for number in 21...22 { #expect(try wait(scenario, phone(number)) == nil) }
        #expect(try wait(scenario, phone(23)) == .seconds(3_600))
        scenario.now = scenario.now + .seconds(3_600)
        let session = try scenario.ask(phone(23), code: "123456")
        #expect(scenario.tell("123456", in: session) == nil)
        for number in 24...32 { #expect(try wait(scenario, phone(number)) == nil) }
        scenario.now = scenario.now + .seconds(21_600)
        for number in 33...52 { #expect(try wait(scenario, phone(number)) == nil) }
        #expect(try wait(scenario, phone(53)) == .seconds(3_600))
    }

    @Test(arguments: PortsBackend.available)
    func `a country is judged as a whole by ten times as many`(backend: PortsBackend) throws {
        let scenario = try scenario(backend)
        for number in 1...100 { #expect(try wait(scenario, "+43\(1_000_000 + number * 7_919)0000") == nil) }
        #expect(try wait(scenario, "+436601234567") == .seconds(3_600))
        #expect(try wait(scenario, "+4420712345678") == nil)
    }
}
