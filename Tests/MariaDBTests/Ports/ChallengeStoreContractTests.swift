import AuthDomain
import AuthTestSupport
import Testing

/// What every `ChallengeStore` promises.
@Suite struct ChallengeStoreContractTests {
    @Test(arguments: PortsBackend.available)
    func `a right code is redeemed once and proves its phone`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        #expect(
            try scenario.ports().sessions.registration(session, in: scenario.realm, at: scenario.now)?.isProven
                == false)
        #expect(scenario.tell("123456", in: session) == nil)
        #expect(scenario.tell("123456", in: session) == .noChallenge)
        let proven = try scenario.ports().sessions.registration(session, in: scenario.realm, at: scenario.now)
        #expect(proven?.isProven == true)
        #expect(proven?.address.typed == "+33612345678")
    }

    @Test(arguments: PortsBackend.available)
    func `five wrong tries are compared, then the right one is refused too`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        for _ in 1...5 { #expect(scenario.tell("000000", in: session) == .wrongCode) }
        #expect(scenario.tell("000000", in: session) == .attemptsExhausted)
        #expect(scenario.tell("123456", in: session) == .attemptsExhausted)
    }

    @Test(arguments: PortsBackend.available)
    func `the fifth try may be the right one`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        for _ in 1...4 { #expect(scenario.tell("000000", in: session) == .wrongCode) }
        #expect(scenario.tell("123456", in: session) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `comparing counts a wrong try, and leaves a right code as it was`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        #expect(scenario.compare("123456", in: try scenario.session().digest) == .noChallenge)
        for _ in 1...6 { #expect(scenario.compare("123456", in: session) == nil) }
        for _ in 1...4 { #expect(scenario.compare("000000", in: session) == .wrongCode) }
        #expect(scenario.compare("123456", in: session) == nil)
        #expect(scenario.tell("123456", in: session) == nil)
        #expect(scenario.compare("123456", in: session) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a code is good until its time is over and not for a microsecond more`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let early = try scenario.ask("+33612345678", code: "123456")
        let late = try scenario.ask("+33612345679", code: "123456")
        scenario.now = scenario.now + .seconds(600) - .microseconds(1)
        #expect(scenario.tell("123456", in: early) == nil)
        scenario.now = scenario.now + .microseconds(1)
        #expect(scenario.tell("123456", in: late) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a session that asked for nothing has no code`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        #expect(scenario.tell("123456", in: try scenario.digest()) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a second code for a phone has to wait, and the first one stays good`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        scenario.now = scenario.now + .seconds(20)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(40))) {
            try scenario.ask("+33612345678", code: "654321")
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(40))) {
            try scenario.ask("+33612345678", code: "654321", replacing: session)
        }
        #expect(scenario.tell("123456", in: session) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `a session has to wait also for another phone, and so has an old copy of it`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let first = try scenario.ask("+33612345678", code: "123456")
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) {
            try scenario.ask("+33612345679", code: "123456", replacing: first)
        }
        scenario.now = scenario.now + .seconds(60)
        _ = try scenario.ask("+33612345679", code: "123456", replacing: first)
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(60))) {
            try scenario.ask("+33612345670", code: "123456", replacing: first)
        }
        #expect(scenario.tell("123456", in: first) == .noChallenge)
    }

    @Test(arguments: PortsBackend.available)
    func `a newer code takes the place of the one before`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let old = try scenario.ask("+33612345678", code: "123456")
        scenario.now = scenario.now + .seconds(60)
        let new = try scenario.ask("+33612345678", code: "654321", replacing: old)
        #expect(scenario.tell("123456", in: old) == .noChallenge)
        #expect(scenario.tell("123456", in: new) == .wrongCode)
        #expect(scenario.tell("654321", in: new) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `more codes give no more than ten wrong tries a day`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        var compared = 0
        for _ in 1...4 {
            let session = try scenario.ask("+33612345678", code: "123456")
            for _ in 1...5 where scenario.tell("000000", in: session) == .wrongCode { compared += 1 }
            scenario.now = scenario.now + .seconds(60)
        }
        #expect(compared == 10)
        let session = try scenario.ask("+33612345678", code: "123456")
        #expect(scenario.tell("123456", in: session) == .attemptsExhausted)
        scenario.now = scenario.now + .seconds(86_400)
        let next = try scenario.ask("+33612345678", code: "123456")
        #expect(scenario.tell("123456", in: next) == nil)
    }

    @Test(arguments: PortsBackend.available)
    func `the sixth message of an hour to one phone is refused`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        for _ in 1...5 {
            _ = try scenario.ask("+33612345678", code: "123456")
            scenario.now = scenario.now + .seconds(60)
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: .seconds(3_300))) {
            try scenario.ask("+33612345678", code: "123456")
        }
        _ = try scenario.ask("+33612345679", code: "123456")
        scenario.now = scenario.now + .seconds(3_300)
        _ = try scenario.ask("+33612345678", code: "123456")
    }

    @Test(arguments: PortsBackend.available)
    func `a code is worth nothing in another realm`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        let code = try #require(OneTimeCode("123456"))
        #expect(throws: AuthError.noChallenge) {
            try scenario.ports().challenges.redeem(
                code, for: .registration, of: .session(session), in: try #require(Realm("twake", tenant: "other")),
                policy: scenario.policy, at: scenario.now, bringing: .proof)
        }
    }

    @Test(arguments: PortsBackend.available)
    func `of 32 parallel right tries one is the right one`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        let results = Parallel.run(32) { _ in scenario.tell("123456", in: session) }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .noChallenge } == 31)
    }

    @Test(arguments: PortsBackend.available)
    func `of 100 parallel wrong tries five are compared`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let session = try scenario.ask("+33612345678", code: "123456")
        let results = Parallel.run(100) { _ in scenario.tell("000000", in: session) }
        #expect(results.count { $0 == .wrongCode } == 5)
        #expect(results.count { $0 == .attemptsExhausted } == 95)
    }

    @Test(arguments: PortsBackend.available)
    func `of 16 parallel requests for codes to one phone one is sent`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let results = Parallel.run(16) { _ in (try? scenario.ask("+33612345678", code: "123456")) != nil }
        #expect(results.count { $0 } == 1)
    }
}
