import AuthDomain
import AuthTestSupport
import Synchronization
import Testing

@testable import AuthFCGI

/// A carrier and its queue on a real outbox, with a transport that the test lets fail.
@Suite(.enabled(if: TestDatabase.isThere))
struct CarrierTests {
    /// Takes texts, or refuses them.
    private final class Transport: TextTransport {
        var sent: [TextMessage] = []
        var isBroken = false

        func deliver(_ message: TextMessage) throws(DeliveryError) {
            if isBroken { throw DeliveryError(reason: "broken") }
            sent.append(message)
        }
    }

    private final class Log {
        var lines: [String] = []
    }

    private let database: TestDatabase
    private let transport = Transport()
    private let log = Log()
    private let now = Timestamp(microseconds: 1_800_000_000_000_000)
    private let realm: Realm
    private let legacy: CourierLegacy

    init() throws {
        database = try TestDatabase.migrated()
        realm = try #require(Realm("twake"))
        legacy = try CourierLegacy()
    }

    private func queue(_ lease: UInt8 = 1) -> OutboxQueue {
        OutboxQueue(
            database: Database(ConnectionPool(database.settings)) { _ in }, legacy: legacy,
            lease: Array(repeating: lease, count: 16))
    }

    /// Delivers what is due at a moment, as a courier of its own would.
    private func deliverDue(at moment: Timestamp, lease: UInt8 = 1, key: String = "k1") throws {
        let queue = queue(lease)
        let carrier = try carrier(queue, at: moment, key: key)
        let expired = try queue.expire(.sms, at: moment)
        if expired > 0 { log.lines.append("expired \(expired)") }
        while let item = try queue.take(.sms, at: moment) { carrier.carry(item) }
    }

    private func carrier(_ queue: OutboxQueue, at moment: Timestamp, key: String = "k1") throws -> Carrier {
        let (log, transport) = (log, transport)
        return Carrier(
            queue: queue,
            sealer: try PayloadSealer(keys: try KeyRing.parse(TestKeys.line(key)), random: SystemRandom()),
            texts: transport,
            mails: NoTransport(),
            wording: Wording(
                site: "Site", codeLifetime: .seconds(600), linkLifetime: .seconds(3_600), host: nil,
                language: LanguageTag("en"), forms: MessageForms()),
            clock: { moment },
            report: { event in
                let line =
                    switch event {
                    case .delivered(_, let attempts, let recipient): "delivered \(recipient.key) \(attempts)"
                    case .postponed(_, let attempts, let reason): "postponed \(attempts) \(reason)"
                    case .abandoned: "abandoned"
                    case .expired(let count): "expired \(count)"
                    }
                log.lines.append(line)
            })
    }

    private func put(_ phone: String = "+33612345678", lasting lifetime: Duration = .seconds(600)) throws {
        let sealer = try PayloadSealer(keys: try KeyRing.parse(TestKeys.line()), random: SystemRandom())
        let message = Message(
            realm: realm, address: .phone(try #require(PhoneNumber(phone))),
            content: .code(try #require(OneTimeCode("314159")), .registration), created: now, expires: now + lifetime)
        try Outbox(sealer: sealer, wake: {}).sealed(message).insert(on: MariaDBConnection(database.settings))
    }

    private func row(_ sql: StaticString) throws -> SQLRow {
        try #require(try MariaDBConnection(database.settings).row(sql))
    }

    @Test func `a message is delivered once, and nothing of it is kept`() throws {
        try put()
        try deliverDue(at: now)
        try deliverDue(at: now + .seconds(120))
        #expect(
            transport.sent.map(\.body) == ["314159 is your Site code. It is valid for 10 min. Give it to nobody."])
        #expect(log.lines == ["delivered +33612345678 1"])
        #expect(try row("SELECT payload IS NULL, outcome FROM outbox").integer(0) == 1)
        #expect(try row("SELECT outcome FROM outbox").text(0) == "delivered")
    }

    @Test func `a message that cannot be delivered is tried ever more seldom`() throws {
        try put()
        transport.isBroken = true
        var (moment, pauses): (Timestamp, [Int64]) = (now, [])
        for _ in 0..<8 {
            try deliverDue(at: moment)
            let next = Timestamp(microseconds: try row("SELECT next_attempt_at FROM outbox").time(0))
            pauses.append(next.since(moment).components.seconds)
            moment = next
        }
        let least: [Int64] = [1, 2, 4, 8, 16, 30, 30, 30]
        #expect(zip(pauses, least).allSatisfy { ($1...($1 * 5 / 4)).contains($0) })
        transport.isBroken = false
        try deliverDue(at: moment)
        #expect(log.lines.last == "delivered +33612345678 9")
        #expect(transport.sent.count == 1)
    }

    @Test func `a message that is too old is not sent`() throws {
        try put("+33612345679", lasting: .seconds(60))
        try put(lasting: .seconds(600))
        try deliverDue(at: now + .seconds(60))
        #expect(log.lines == ["expired 1", "delivered +33612345678 1"])
        #expect(try row("SELECT COUNT(*) FROM outbox WHERE payload IS NOT NULL").integer(0) == 0)
    }

    @Test func `a great many that are too old are forgotten in batches, and hold up nothing`() throws {
        let connection = MariaDBConnection(database.settings)
        for _ in 0..<300 {
            _ = try connection.execute(
                """
                INSERT INTO outbox (realm, medium, created_at, expires_at, next_attempt_at) VALUES ('twake', 'sms', ?, ?, ?)
                """,
                [.time(now - .seconds(600)), .time(now - .seconds(1)), .time(now - .seconds(600))])
        }
        try put()
        try deliverDue(at: now)
        #expect(log.lines == ["expired 200", "delivered +33612345678 1"])
        try deliverDue(at: now)
        #expect(log.lines.last == "expired 100")
    }

    @Test func `a message whose key is not known here waits for a courier who has it`() throws {
        try put()
        try deliverDue(at: now, lease: 2, key: "k2")
        #expect(log.lines == ["postponed 1 no key that is known here opens it"])
        try deliverDue(at: now + .seconds(2))
        #expect(log.lines.last == "delivered +33612345678 2")
    }

    @Test func `what is sealed and no message is given up`() throws {
        let sealer = try PayloadSealer(keys: try KeyRing.parse(TestKeys.line()), random: SystemRandom())
        let message = SealedMessage(
            realm: realm, medium: .sms, thread: "twake nothing",
            payload: try sealer.seal(Array("{}".utf8), context: Array(realm.key.utf8)), created: now,
            expires: now + .seconds(600))
        try message.insert(on: MariaDBConnection(database.settings))
        try deliverDue(at: now)
        #expect(log.lines == ["abandoned"])
        #expect(try row("SELECT outcome FROM outbox").text(0) == "failed")
        #expect(try row("SELECT payload IS NULL FROM outbox").integer(0) == 1)
    }

    @Test func `a courier that dies with its lease loses no message, and a live one's is not taken`() throws {
        try put()
        #expect(try queue(9).take(.sms, at: now) != nil)
        try deliverDue(at: now + .seconds(44))
        #expect(transport.sent.isEmpty)
        try deliverDue(at: now + .seconds(45))
        #expect(log.lines == ["delivered +33612345678 2"])
    }

    @Test func `a courier that slept on its lease leaves the message to who has it now`() throws {
        try put()
        let queue = queue()
        let item = try #require(try queue.take(.sms, at: now))
        try carrier(queue, at: now + .seconds(30)).carry(item)
        #expect(transport.sent.isEmpty && log.lines.isEmpty)
    }

    @Test func `a newer code takes the place of one that waits, and of one that is being sent when that fails`() throws
    {
        try put()
        let queue = queue()
        let item = try #require(try queue.take(.sms, at: now))
        try put()
        try put()
        transport.isBroken = true
        try carrier(queue, at: now).carry(item)
        transport.isBroken = false
        try deliverDue(at: now + .seconds(2))
        #expect(log.lines == ["postponed 1 broken", "expired 1", "delivered +33612345678 1"])
        #expect(try row("SELECT COUNT(*) FROM outbox WHERE outcome = 'superseded'").integer(0) == 2)
        #expect(try row("SELECT COUNT(*) FROM outbox WHERE payload IS NOT NULL").integer(0) == 0)
    }

    @Test func `each medium is carried by itself`() throws {
        try put()
        #expect(try queue().take(.mail, at: now) == nil)
        #expect(try queue().nextAttempt(.mail) == nil)
        #expect(try queue().nextAttempt(.sms) == now)
    }

    @Test func `many couriers at once get each message once`() throws {
        for number in 0..<80 { try put("+336123456\(number + 10)") }
        let settings = database.settings
        let now = now
        let legacy = legacy
        let taken = Parallel.run(4) { number in
            let queue = OutboxQueue(
                database: Database(ConnectionPool(settings)) { _ in }, legacy: legacy,
                lease: Array(repeating: UInt8(number), count: 16))
            var ids: [Int64] = []
            while let item = (try? queue.take(.sms, at: now)).flatMap(\.self) { ids.append(item.id) }
            return ids
        }
        let ids = taken.flatMap(\.self)
        #expect(ids.count == 80 && Set(ids).count == 80)
    }
}
