import AuthTestSupport
import Testing

@testable import AuthDomain

/// What comes of claims to be whoever a session is of, when they are settled together.
@Suite struct SessionClaimTests {
    private var house: InMemoryHouse

    init() throws {
        house = try #require(InMemoryHouse())
        house.policy.sessions.idle = .seconds(3_600)
    }

    private func claim(_ issued: Issued, of account: AccountID? = nil) throws -> SessionClaim {
        try ResolveSession.claim(
            ResolveSession.Input(session: issued.session, claimed: account), in: house.call, with: house.services)
    }

    private func answers(to claims: [SessionClaim]) -> [SessionClaim.Answer] {
        house.store.logins(claims.map(\.question))
    }

    private func seen(_ issued: Issued) throws -> Timestamp { try house.resolve(issued.session, claimed: nil).seen }

    @Test func `a session that was used lately is the answer by itself`() throws {
        var house = self
        let issued = try house.house.create("ada@example.com").issued
        house.house.wait(.seconds(60))
        let claim = try house.claim(issued)
        let verdict = claim.verdict(on: house.answers(to: [claim])[0])
        #expect(try verdict?.get().account.id == issued.account)
    }

    @Test func `of several claims each has its own session, and all uses are written down together`() throws {
        var house = self
        let began = house.house.now
        let old = try (0..<3).map { try house.house.create("old\($0)@example.com").issued }
        house.house.wait(.seconds(61))
        let young = try house.house.create("young@example.com").issued
        let claims = try (old + [young]).map { try house.claim($0) }
        let answers = house.answers(to: claims)
        #expect(zip(claims, answers).map { $0.verdict(on: $1) == nil } == [true, true, true, false])
        #expect(try answers.prefix(3).allSatisfy { try $0.get()?.seen == began })
        let settled = SessionClaim.settle(Array(zip(claims, answers)), with: house.house.services)
        #expect(try settled.map { try $0.get().account.id } == (old + [young]).map(\.account))
        #expect(house.house.store.touches == 1)
        #expect(try old.allSatisfy { try house.seen($0) == house.house.now })
    }

    @Test(arguments: [60, 600, 86_400])
    func `a session that is used every now and then does not end by being idle`(idle: Int) throws {
        var house = self
        house.house.policy.sessions.idle = .seconds(idle)
        let issued = try house.house.create("ada@example.com").issued
        for _ in 1...20 {
            house.house.wait(.seconds(idle * 3 / 20))
            #expect(throws: Never.self) { try house.house.resolve(issued.session, claimed: nil) }
        }
        house.house.wait(.seconds(idle * 17 / 20))
        #expect(throws: Never.self) { try house.house.resolve(issued.session, claimed: nil) }
        house.house.wait(.seconds(idle))
        #expect(throws: AuthError.noSession) { try house.house.resolve(issued.session, claimed: nil) }
    }

    @Test func `who only looks writes nothing down`() throws {
        var house = self
        let issued = try house.house.create("ada@example.com").issued
        house.house.wait(.seconds(61))
        let claim = try InspectSession.claim(issued.session, in: house.house.call, with: house.house.services)
        #expect(claim.verdict(on: house.answers(to: [claim])[0]) != nil)
        #expect(house.house.store.touches == 0)
    }

    @Test func `whose session is over has none, and whose account is gone too is told so`() throws {
        var house = self
        let issued = try house.house.create("ada@example.com").issued
        let gone = AccountID(at: house.house.now, random: [1])
        house.house.wait(.seconds(3_600))
        let claims = [
            try house.claim(issued), try house.claim(issued, of: issued.account), try house.claim(issued, of: gone),
        ]
        let answers = house.answers(to: claims)
        #expect(zip(claims, answers).map { $0.verdict(on: $1) == nil } == [false, true, true])
        let settled = SessionClaim.settle(Array(zip(claims, answers)), with: house.house.services)
        #expect(settled.map(\.error) == [.noSession, .noSession, .accountGone])
        #expect(house.house.store.touches == 0)
    }

    @Test func `what cannot be looked for is a verdict, and settles nobody else's`() throws {
        var house = self
        let issued = try house.house.create("ada@example.com").issued
        house.house.wait(.seconds(61))
        let claim = try house.claim(issued)
        #expect(claim.verdict(on: .failure(.unavailable))?.error == .unavailable)
        let answer = house.answers(to: [claim])[0]
        let settled = SessionClaim.settle(
            [(claim, .failure(.unavailable)), (claim, answer)], with: house.house.services)
        #expect(settled.map(\.error) == [.unavailable, nil])
    }
}

extension Result where Failure == AuthError {
    fileprivate var error: AuthError? {
        switch self {
        case .success: nil
        case .failure(let error): error
        }
    }
}
