import ArgumentParser
import AuthDomain
import Glibc
import Logging

/// The composition root: everything that the threads of a process share, made once from the configuration.
struct Composition: Sendable {
    let configuration: Configuration
    let log: LineLogHandler
    let secrets: Secrets
    let passwords: Argon2idHasher
    let router: Router
    let meter: RequestMeter
    let pool: ConnectionPool
    /// The requests that wait for a login session to be looked for.
    let lookups: Lookups
    private let scoreboard: Scoreboard
    /// How many requests may wait for a hash or have theirs computed.
    let hashCapacity: Int

    /// Puts a worker together that counts on `scoreboard`. What the configuration names and cannot be used is a
    /// `StartFailure`.
    init(_ configuration: Configuration, log: LineLogHandler, scoreboard: Scoreboard) throws(StartFailure) {
        self.configuration = configuration
        self.log = log
        self.scoreboard = scoreboard
        let gauges = scoreboard.gauges(of: getpid())
        secrets = try Secrets(configuration)
        pool = ConnectionPool(secrets.database, limit: configuration.server.threads) { change in
            gauges?.add(change, to: .databaseConnections)
        }
        // On two cores two statements at once answered no more than one does (docs/decisions/0022-gathered-look-ups.md).
        lookups = Lookups(atOnce: Machine.cores(of: configuration.server.processes) / 2, few: 3)
        let password = configuration.password
        let gate = HashGate(
            limit: password.concurrency == 0 ? Machine.cores : password.concurrency, queue: password.queue
        ) {
            running, waiting in
            gauges?.set(.hashesRunning, to: running)
            gauges?.set(.hashesWaiting, to: waiting)
        }
        hashCapacity = gate.limit + gate.queue
        do throws(CryptoError) {
            passwords = try Argon2idHasher(memory: password.memory, passes: password.passes, gate: gate)
        } catch {
            throw StartFailure("password.memory: no hash can be made with \(password.memory) octets")
        }
        let policy = Policy(configuration, blocklist: try CommonPasswords.list(password))
        let apis = Self.apis(configuration, policy)
        let report = MetricsReport(
            scoreboard: scoreboard, version: Version.text, spend: SpendPolicy(configuration.limits))
        let (site, allowed) = (Site(configuration), configuration.monitor.allow)
        let service = Service(
            beside: apis, publicKeys: secrets.publicKeys,
            pages: ResetPages { (try? SHA256.digest($0)).map(Base64.encode) ?? "" },
            monitoring: Monitoring(
                admits: { request in
                    site.address(of: request).map { address in allowed.contains { $0.contains(address) } } ?? false
                },
                report: { HTTPResponse(.ok, type: PrometheusText.mediaType, body: report.text($0, $1, at: $2)) }),
            version: Version.text)
        router = Router(apis, own: service, site: site)
        meter = RequestMeter(router.labels, on: scoreboard)
    }

    /// The APIs that the configuration has switched on.
    private static func apis(_ configuration: Configuration, _ policy: Policy) -> [any API] {
        let (api, site) = (configuration.api, configuration.site)
        var apis: [any API] = []
        let notifying = { (notices: [Configuration.APIs.Notice]) in policy.notifying(of: notices, at: site.publicURL) }
        if api.twake.isEnabled { apis.append(Twake(realm: api.twake.realm, policy: notifying(api.twake.notices))) }
        if api.compass.isEnabled {
            apis.append(Compass(realm: api.compass.realm, policy: notifying(api.compass.notices)))
        }
        if api.ride.isEnabled {
            let client = (api.ride.clientURL ?? site.publicURL)?.text ?? ""
            let policy = notifying(api.ride.notices)
            apis.append(Ride(.user, realm: api.ride.userRealm, policy: policy, client: client))
            apis.append(Ride(.captain, realm: api.ride.captainRealm, policy: policy, client: client))
        }
        if api.contacts.isEnabled {
            apis.append(Contacts(realm: api.contacts.realm, policy: notifying(api.contacts.notices)))
        }
        if api.codes.isEnabled { apis.append(Codes(realm: api.codes.realm, policy: notifying(api.codes.notices))) }
        return apis
    }

    /// By what sessions become cookies and tokens.
    var sealing: Sealing { Sealing(cookies: secrets.cookies, tokens: secrets.tokens) }

    /// The log of one thread.
    func requestLog() -> RequestLog { RequestLog(log, slow: configuration.log.slow) }

    private func database(_ log: RequestLog, _ standAside: @escaping () -> Void) -> Database {
        Database(pool, whenHeldUp: standAside) { error in
            scoreboard.count(.databaseErrors)
            log.log(.error, "database", ["error": "\(error)"])
        }
    }

    /// What the use cases of one thread work with. `wake` tells the courier that a message waits; `standAside` is called
    /// when the thread waits for long.
    func services(
        logging log: RequestLog, wake: @escaping () -> Void, standAside: @escaping @Sendable () -> Void
    ) -> Services {
        let database = database(log, standAside)
        let spending = SpendLog(log: log, scoreboard: scoreboard)
        let outbox = Outbox(sealer: secrets.payloads, wake: wake, report: spending.write)
        return Services(
            accounts: MariaDBAccountStore(database: database, outbox: outbox),
            sessions: MariaDBSessionStore(database: database, outbox: outbox),
            challenges: MariaDBChallengeStore(database: database, codes: secrets.codes, outbox: outbox),
            passwords: passwords.standingAside(standAside), random: SystemRandom(),
            digester: SessionSHA256(),
            limits: MariaDBRateLimiter(database: database),
            readiness: MariaDBReadiness(
                database: database, ranges: SpendPolicy(configuration.limits).ranges))
    }

    /// What `body` makes; a `StartFailure` is printed and ends the program with 78 (`EX_CONFIG`).
    static func orExit<Value>(_ body: () throws(StartFailure) -> Value) throws -> Value {
        do throws(StartFailure) {
            return try body()
        } catch {
            Console.complain("authfcgi: \(error)")
            throw ExitCode(SystemExit.configuration)
        }
    }
}
