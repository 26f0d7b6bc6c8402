import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// What becomes of the messages of a courier that was killed, with a real outbox.
@Suite(.enabled(if: TestDatabase.isThere))
struct CourierLegacyTests {
    private let database: TestDatabase
    private let now = Timestamp(microseconds: 1_800_000_000_000_000)
    private let legacy: CourierLegacy

    init() throws {
        database = try TestDatabase.migrated()
        legacy = try CourierLegacy()
    }

    /// The queue of a courier that has a legacy, and is the first or a later one.
    private func queue(_ legacy: CourierLegacy, fresh: UInt8) -> OutboxQueue {
        OutboxQueue(
            database: Database(ConnectionPool(database.settings)) { _ in }, legacy: legacy,
            lease: legacy.lease(orElse: Array(repeating: fresh, count: 16)))
    }

    private func put(lasting lifetime: Duration = .seconds(600)) throws {
        let message = Message(
            realm: try #require(Realm("twake")), address: .phone(try #require(PhoneNumber("+33612345678"))),
            content: .code(try #require(OneTimeCode("314159")), .registration), created: now, expires: now + lifetime)
        try Outbox(sealer: PayloadSealer(keys: try KeyRing.parse(TestKeys.line()), random: SystemRandom()), wake: {})
            .sealed(message).insert(on: MariaDBConnection(database.settings))
    }

    private func count(_ sql: StaticString) throws -> Int64 {
        try #require(try MariaDBConnection(database.settings).row(sql)).integer(0)
    }

    @Test func `what a dead courier only leased is due after a second, and after more when it was tried before`() throws
    {
        try put()
        let first = queue(legacy, fresh: 1)
        #expect(try first.take(.sms, at: now)?.attempts == 1)
        let second = queue(legacy, fresh: 2)
        try second.takeOver(.sms, at: now)
        #expect(try second.nextAttempt(.sms) == now + .seconds(1))
        #expect(try second.take(.sms, at: now + .milliseconds(999)) == nil)
        #expect(try second.take(.sms, at: now + .seconds(1))?.attempts == 2)
        try queue(legacy, fresh: 3).takeOver(.sms, at: now + .seconds(1))
        #expect(try second.nextAttempt(.sms) == now + .seconds(3))
    }

    @Test func `what a dead courier had delivered is not delivered again`() throws {
        try put()
        let first = queue(legacy, fresh: 1)
        let item = try #require(try first.take(.sms, at: now))
        first.note(item)
        let second = queue(legacy, fresh: 2)
        try second.takeOver(.mail, at: now)
        #expect(legacy.delivered(.sms) == [item.id] && legacy.delivered(.mail).isEmpty)
        try second.takeOver(.sms, at: now)
        #expect(try count("SELECT COUNT(*) FROM outbox WHERE outcome = 'delivered' AND payload IS NULL") == 1)
        #expect(legacy.delivered(.sms).isEmpty)
        #expect(try second.nextAttempt(.sms) == nil)
    }

    @Test func `what the database knows is noted no more`() throws {
        try put()
        let queue = queue(legacy, fresh: 1)
        let item = try #require(try queue.take(.sms, at: now))
        queue.note(item)
        try queue.finish(item, at: now)
        #expect(legacy.delivered(.sms).isEmpty)
    }

    @Test func `the leases of another host's courier are left alone`() throws {
        try put()
        let other = queue(legacy, fresh: 1)
        let item = try #require(try other.take(.sms, at: now))
        let ours = queue(try CourierLegacy(), fresh: 2)
        try ours.takeOver(.sms, at: now)
        #expect(try ours.nextAttempt(.sms) == item.leaseEnds)
        ours.note(item)
        try ours.takeOver(.sms, at: now)
        #expect(try count("SELECT COUNT(*) FROM outbox WHERE outcome IS NULL") == 1)
    }

    @Test func `a message that is taken over is not due after it has expired`() throws {
        try put(lasting: .milliseconds(500))
        _ = try queue(legacy, fresh: 1).take(.sms, at: now)
        let second = queue(legacy, fresh: 2)
        try second.takeOver(.sms, at: now)
        #expect(try second.nextAttempt(.sms) == now + .milliseconds(500))
        #expect(try second.take(.sms, at: now + .milliseconds(500)) == nil)
    }

    @Test func `there is room for all that is on its way, and more is no harm`() {
        for id in Int64(1)...40 { legacy.note(id, .mail) }
        #expect(legacy.delivered(.mail) == Array(1...32) && legacy.delivered(.sms).isEmpty)
        legacy.forget(40, .mail)
        legacy.forget(7, .mail)
        legacy.note(41, .mail)
        #expect(legacy.delivered(.mail).count == 32 && legacy.delivered(.mail).contains(41))
    }

    @Test func `couriers in turn have one lease, and those of two hosts have two`() throws {
        let octets = Array(UInt8(0xF0)...UInt8(0xFF))
        #expect(legacy.lease(orElse: octets) == octets)
        #expect(legacy.lease(orElse: Array(repeating: 1, count: 16)) == octets)
        #expect(try CourierLegacy().lease(orElse: Array(repeating: 1, count: 16)) == Array(repeating: 1, count: 16))
    }
}
