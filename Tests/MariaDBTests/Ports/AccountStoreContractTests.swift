import AuthDomain
import AuthTestSupport
import Testing

/// What every `AccountStore` promises.
@Suite struct AccountStoreContractTests {
    @Test(arguments: PortsBackend.available)
    func `a proven phone becomes one account's`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let proof = try scenario.proof(of: "+33 6 12 34 56 78")
        #expect(scenario.register(try scenario.account("Ada", email: "ada@example.com"), provenBy: proof) == nil)
        #expect(scenario.register(try scenario.account("Bob"), provenBy: proof) == .unproven)
        let accounts = scenario.ports().accounts
        for identifier in ["+33612345678", "aDA", "ADA@example.com"] {
            let reading = try #require(AccountIdentifier.readings(ofLogin: identifier).first)
            #expect(try accounts.isTaken(reading, in: scenario.realm))
            #expect(try accounts.credentials(of: reading, in: scenario.realm) != nil)
        }
        #expect(try accounts.isTaken(.nickname(try #require(Nickname("Bob"))), in: scenario.realm) == false)
    }

    @Test(arguments: PortsBackend.available)
    func `an account cannot be made without a proof`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let unproven = try scenario.ask("+33612345678", code: "123456")
        #expect(scenario.register(try scenario.account("Ada"), provenBy: unproven) == .unproven)
        #expect(scenario.register(try scenario.account("Ada"), provenBy: try scenario.digest()) == .unproven)
        let other = try scenario.proof(of: "+33612345679")
        #expect(scenario.register(try scenario.account("Ada"), provenBy: other) == .unproven)
    }

    @Test(arguments: PortsBackend.available)
    func `a proof is good for as long as its session`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let proof = try scenario.proof(of: "+33612345678")
        scenario.now = scenario.now + .seconds(3_600)
        #expect(scenario.register(try scenario.account("Ada"), provenBy: proof) == .unproven)
    }

    @Test(arguments: PortsBackend.available)
    func `what another account has is refused and the proof stays good`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let first = try scenario.proof(of: "+33612345678")
        #expect(scenario.register(try scenario.account("Ada", email: "ada@example.com"), provenBy: first) == nil)
        let second = try scenario.proof(of: "+33612345679")
        #expect(
            scenario.register(try scenario.account("aDa", phone: "+33612345679"), provenBy: second)
                == .taken(.nickname))
        let sameEmail = try scenario.account("Bob", phone: "+33612345679", email: "Ada@Example.com")
        #expect(scenario.register(sameEmail, provenBy: second) == .taken(.email))
        let third = try scenario.proof(of: "+33612345670")
        #expect(scenario.register(try scenario.account("Bob", phone: "+33612345679"), provenBy: second) == nil)
        #expect(
            scenario.register(try scenario.account("bob", phone: "+33612345670"), provenBy: third)
                == .taken(.nickname))
    }

    @Test(arguments: PortsBackend.available)
    func `a phone that was registered meanwhile is refused`(backend: PortsBackend) throws {
        var scenario = try Scenario(backend)
        let first = try scenario.proof(of: "+33612345678")
        scenario.now = scenario.now + .seconds(60)
        let second = try scenario.proof(of: "+33612345678")
        #expect(scenario.register(try scenario.account("Ada"), provenBy: first) == nil)
        #expect(scenario.register(try scenario.account("Bob"), provenBy: second) == .taken(.phone))
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel registrations of one nickname make one account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let spellings = (0..<16).map { number in
            String(
                "adas".enumerated().map {
                    number >> $0.offset & 1 == 1 ? Character($0.element.uppercased()) : $0.element
                })
        }
        let attempts = try spellings.enumerated().map { number, nickname in
            (
                try scenario.account(nickname, phone: "+3361234\(1_000 + number)"),
                try scenario.proof(of: "+3361234\(1_000 + number)")
            )
        }
        let results = Parallel.run(16) { number in
            scenario.register(attempts[number].0, provenBy: attempts[number].1)
        }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .taken(.nickname) } == 15)
    }

    @Test(arguments: PortsBackend.available)
    func `16 parallel registrations from one proof make one account`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let proof = try scenario.proof(of: "+33612345678")
        let accounts = try (0..<16).map { try scenario.account("ada\($0)") }
        let results = Parallel.run(16) { scenario.register(accounts[$0], provenBy: proof) }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0 == .unproven } == 15)
    }

    @Test(arguments: PortsBackend.available)
    func `a hash is upgraded unless the password was changed meanwhile`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        let proof = try scenario.proof(of: "+33612345678")
        let account = try scenario.account("Ada")
        #expect(scenario.register(account, provenBy: proof) == nil)
        let accounts = scenario.ports().accounts
        let better = PasswordHash(phc: "$cheap$2$00")
        #expect(try accounts.upgrade(account.password, of: account.id, to: better))
        #expect(try accounts.upgrade(account.password, of: account.id, to: PasswordHash(phc: "$x")) == false)
        #expect(
            try accounts.credentials(of: .nickname(try #require(account.nickname)), in: scenario.realm)?.password
                == better)
    }

    @Test(arguments: PortsBackend.available)
    func `nicknames that are taken are told apart from free ones`(backend: PortsBackend) throws {
        let scenario = try Scenario(backend)
        #expect(scenario.register(try scenario.account("Ada"), provenBy: try scenario.proof(of: "+33612345678")) == nil)
        let names = try ["ada", "ada1", "bob"].map { try #require(Nickname($0)) }
        #expect(try scenario.ports().accounts.taken(among: names, in: scenario.realm) == [names[0]])
        let other = try #require(Realm("twake", tenant: "other"))
        #expect(try scenario.ports().accounts.taken(among: names, in: other) == [])
    }
}
