import AuthDomain
import AuthTestSupport
import Synchronization
import Testing

@testable import AuthFCGI

/// The courier on a real outbox, with a transport that the test lets fail.
@Suite(.enabled(if: TestDatabase.isThere))
struct CourierTests {
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

    init() throws {
        database = try TestDatabase.migrated()
        realm = try #require(Realm("twake"))
    }

    private func courier(lease: UInt8 = 1, key: String = "k1") throws -> Courier {
        let (log, transport) = (log, transport)
        return Courier(
            queue: OutboxQueue(
                database: Database(MariaDBConnection(database.settings)) { _ in },
                lease: Array(repeating: lease, count: 16)),
            sealer: try PayloadSealer(keys: try TestKeys.ring(key), random: SystemRandom()), texts: transport,
            mails: NoTransport(),
            wording: Wording(site: "Site", codeLifetime: .seconds(600), linkLifetime: .seconds(3_600), host: nil),
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
        let sealer = try PayloadSealer(keys: try TestKeys.ring(), random: SystemRandom())
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
        let courier = try courier()
        #expect(try courier.deliverDue(clock: { now }) == .seconds(5))
        _ = try courier.deliverDue(clock: { now + .seconds(120) })
        #expect(
            transport.sent.map(\.body) == ["314159 is your Site code. It is valid for 10 minutes. Give it to nobody."])
        #expect(log.lines == ["delivered +33612345678 1"])
        #expect(try row("SELECT payload IS NULL, outcome FROM outbox").integer(0) == 1)
        #expect(try row("SELECT outcome FROM outbox").text(0) == "delivered")
    }

    @Test func `a message that cannot be delivered is tried ever more seldom`() throws {
        try put()
        transport.isBroken = true
        let courier = try courier()
        var (moment, pauses): (Timestamp, [Int64]) = (now, [])
        for _ in 0..<8 {
            _ = try courier.deliverDue(clock: { moment })
            let next = Timestamp(microseconds: try row("SELECT next_attempt_at FROM outbox").time(0))
            pauses.append(next.since(moment).components.seconds)
            moment = next
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
        transport.isBroken = false
        _ = try courier.deliverDue(clock: { moment })
        #expect(log.lines.last == "delivered +33612345678 9")
        #expect(transport.sent.count == 1)
    }

    @Test func `a message that is too old is not sent`() throws {
        try put(lasting: .seconds(60))
        try put(lasting: .seconds(600))
        _ = try courier().deliverDue(clock: { now + .seconds(60) })
        #expect(log.lines == ["expired 1", "delivered +33612345678 1"])
        #expect(try row("SELECT COUNT(*) FROM outbox WHERE payload IS NOT NULL").integer(0) == 0)
    }

    @Test func `a great many that are too old are forgotten in batches, and hold up nothing`() throws {
        let connection = MariaDBConnection(database.settings)
        for _ in 0..<600 {
            _ = try connection.execute(
                "INSERT INTO outbox (realm, created_at, expires_at, next_attempt_at) VALUES ('twake', ?, ?, ?)",
                [.time(now - .seconds(600)), .time(now - .seconds(1)), .time(now - .seconds(600))])
        }
        try put()
        let courier = try courier()
        #expect(try courier.deliverDue(clock: { now }) == .zero)
        #expect(log.lines == ["expired 500", "delivered +33612345678 1"])
        #expect(try courier.deliverDue(clock: { now }) == .seconds(5))
        #expect(log.lines.last == "expired 100")
    }

    @Test func `a message whose key is not known here waits for a courier who has it`() throws {
        try put()
        _ = try courier(lease: 2, key: "k2").deliverDue(clock: { now })
        #expect(log.lines == ["postponed 1 no key that is known here opens it"])
        _ = try courier().deliverDue(clock: { now + .seconds(1) })
        #expect(log.lines.last == "delivered +33612345678 2")
    }

    @Test func `what is sealed and no message is given up`() throws {
        let sealer = try PayloadSealer(keys: try TestKeys.ring(), random: SystemRandom())
        let message = SealedMessage(
            realm: realm, thread: "twake nothing",
            payload: try sealer.seal(Array("{}".utf8), context: Array(realm.key.utf8)), created: now,
            expires: now + .seconds(600))
        try message.insert(on: MariaDBConnection(database.settings))
        _ = try courier().deliverDue(clock: { now })
        #expect(log.lines == ["abandoned"])
        #expect(try row("SELECT outcome FROM outbox").text(0) == "failed")
        #expect(try row("SELECT payload IS NULL FROM outbox").integer(0) == 1)
    }

    @Test func `a courier that dies with its lease loses no message, and a live one's is not taken`() throws {
        try put()
        let dead = OutboxQueue(
            database: Database(MariaDBConnection(database.settings)) { _ in }, lease: Array(repeating: 9, count: 16))
        #expect(try dead.take(at: now).count == 1)
        let courier = try courier()
        _ = try courier.deliverDue(clock: { now + .seconds(59) })
        #expect(transport.sent.isEmpty)
        _ = try courier.deliverDue(clock: { now + .seconds(60) })
        #expect(log.lines == ["delivered +33612345678 2"])
    }

    @Test func `what was leased before an outage is carried after it`() throws {
        try put()
        let courier = try courier()
        // The lease stands, and its answer was lost.
        #expect(try courier.queue.take(at: now).count == 1)
        _ = try courier.deliverDue(clock: { now + .seconds(1) })
        #expect(transport.sent.count == 1)
    }

    @Test func `many couriers deliver each message once`() throws {
        for number in 0..<80 { try put("+336123456\(number + 10)") }
        let counts = try (UInt8(1)...4).map { lease in try courier(lease: lease).queue.take(at: now).count }
        #expect(counts == [32, 32, 16, 0])
    }
}
