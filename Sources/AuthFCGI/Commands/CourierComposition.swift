import AuthDomain
import Logging

/// The courier put together from the configuration.
struct CourierComposition {
    /// One for each medium.
    let lanes: [Lane]
    private let sweeper: Sweeper
    private let logger: Logger

    private static let sweepInterval: Duration = .seconds(60)
    /// How soon a database that has not answered yet is asked again.
    private static let schemaInterval: Duration = .seconds(2)
    /// How long a sweep that is not done rests, as times of what its last batch took: it leaves the database to others.
    private static let rest = 9
    /// What the start has to know of the schema; nil once it is known.
    private var schema: SchemaCheck?
    /// Rows removed since it was last said how many.
    private var swept = 0

    init(_ configuration: Configuration, legacy: CourierLegacy, logger: Logger) throws(StartFailure) {
        let secrets = try Secrets(configuration)
        guard let fresh = try? SystemRandom().octets(16) else {
            throw StartFailure("the system gives no random octets")
        }
        let lease = legacy.lease(orElse: fresh)
        let transports = try Transports(configuration)
        let wording = try Wording(configuration)
        let report: @Sendable (DeliveryEvent) -> Void = { Self.write($0, to: logger) }
        let queue: @Sendable () -> OutboxQueue = {
            OutboxQueue(database: Self.database(secrets, logger), legacy: legacy, lease: lease)
        }
        let carrier: @Sendable () -> Carrier = {
            Carrier(
                queue: queue(), sealer: secrets.payloads, texts: transports.texts(), mails: transports.mails(),
                wording: wording, clock: SystemClock.now, report: report)
        }
        var lanes: [Lane] = []
        do throws(FastCGIError) {
            for medium in Medium.allCases {
                lanes.append(
                    try Lane(medium, queue: queue, carrier: carrier, clock: SystemClock.now, report: report))
            }
        } catch {
            throw StartFailure("the courier cannot start: \(error)")
        }
        self.lanes = lanes
        self.logger = logger
        sweeper = Sweeper(database: Self.database(secrets, logger))
        schema = SchemaCheck(secrets.database, configuration.database.migrate, logger, lockWait: .zero)
    }

    /// Sweeps out some of what is over; how long to wait until the next sweep.
    mutating func sweep() -> Duration {
        if let pause = untilSchemaIsKnown() { return pause }
        let began = ContinuousClock.now
        let outcome = (try? sweeper.sweep(at: SystemClock.now())) ?? Sweeper.Outcome()
        swept += outcome.removed
        if outcome.isUnfinished { return (ContinuousClock.now - began) * Self.rest }
        if swept > 0 { logger.info("swept", metadata: ["rows": .stringConvertible(swept)]) }
        swept = 0
        return Self.sweepInterval
    }

    /// Sees to the schema where `authfcgi serve` could not, since the database did not answer; how long to wait until the next
    /// look, nil when there is none.
    private mutating func untilSchemaIsKnown() -> Duration? {
        do throws(StartFailure) {
            if try schema?.run() != nil { return Self.schemaInterval }
            schema = nil
            return nil
        } catch {
            logger.error("schema", metadata: ["problem": .string(error.description)])
            return Self.sweepInterval
        }
    }

    /// The sweeper's lock belongs to a session, so all its statements need the same one.
    private static func database(_ secrets: Secrets, _ logger: Logger) -> Database {
        Database(ConnectionPool(secrets.database)) { error in
            logger.error("database", metadata: ["error": .string("\(error)")])
        }
    }

    private static func write(_ event: DeliveryEvent, to logger: Logger) {
        switch event {
        case .delivered(let id, let attempts, let recipient):
            logger.info(
                "message delivered", metadata: fields(id, attempts, ["to": .string(Masking.identifier(recipient.key))]))
        case .postponed(let id, let attempts, let reason):
            logger.warning("message postponed", metadata: fields(id, attempts, ["reason": .string(reason)]))
        case .abandoned(let id, let reason):
            logger.error(
                "message given up", metadata: ["message": .string("\(id)"), "reason": .string(reason)])
        case .expired(let count):
            logger.warning("messages expired undelivered", metadata: ["count": .stringConvertible(count)])
        }
    }

    private static func fields(_ id: Int64, _ attempts: Int64, _ more: Logger.Metadata) -> Logger.Metadata {
        more.merging(["message": .string("\(id)"), "attempts": .string("\(attempts)")]) { first, _ in first }
    }
}
