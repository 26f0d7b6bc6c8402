import AuthDomain
import Logging

/// The courier put together from the configuration.
struct CourierComposition {
    private let courier: Courier
    private let sweeper: Sweeper
    private let logger: Logger

    /// How long to wait when the database does not answer.
    private static let patience: Duration = .seconds(1)
    private static let sweepInterval: Duration = .seconds(60)

    init(_ configuration: Configuration, logger: Logger) throws(StartFailure) {
        let secrets = try Secrets(configuration)
        let database = Database(MariaDBConnection(secrets.database)) { error in
            logger.error("database", metadata: ["error": .string("\(error)")])
        }
        guard let lease = try? SystemRandom().octets(16) else {
            throw StartFailure("the system gives no random octets")
        }
        self.logger = logger
        sweeper = Sweeper(database: database)
        courier = Courier(
            queue: OutboxQueue(database: database, lease: lease), sealer: secrets.payloads,
            texts: try Transports.texts(configuration), mails: try Transports.mails(configuration),
            wording: Wording(
                site: configuration.site.name, codeLifetime: configuration.otp.ttl,
                linkLifetime: TokenPolicy().resetLink, host: configuration.site.publicURL?.host),
            report: { Self.write($0, to: logger) })
    }

    /// Delivers what is due; how long to wait until there may be more.
    func deliver() -> Duration {
        (try? courier.deliverDue(clock: SystemClock.now)) ?? Self.patience
    }

    /// Sweeps out some of what is over; how long to wait until the next sweep.
    func sweep() -> Duration {
        guard let outcome = try? sweeper.sweep(at: SystemClock.now()), outcome.removed > 0 else {
            return Self.sweepInterval
        }
        logger.info("swept", metadata: ["rows": .stringConvertible(outcome.removed)])
        return outcome.isUnfinished ? .zero : Self.sweepInterval
    }

    private static func write(_ event: Courier.Event, to logger: Logger) {
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
