import ArgumentParser
import FoundationEssentials

/// `authfcgi worker`: answers requests. Started by `authfcgi serve`.
struct WorkerCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "worker", shouldDisplay: false)
    }

    /// How long connections to the database are kept that no request needs: as many as `kept`, and more.
    private static let keepsConnections: Duration = .seconds(60)
    private static let keepsMoreConnections: Duration = .seconds(10)

    func run() throws {
        Heap.limit(cores: Machine.cores)
        let child = try ChildProcess.take()
        guard let scoreboard = child.inheritance.scoreboard else {
            throw ValidationError("this command is for authfcgi serve alone")
        }
        // Before it shows among the workers: no reader sees one that was never started.
        scoreboard.count(.workerStarts)
        let composition = try Composition.orExit { () throws(StartFailure) in
            try Composition(child.configuration, log: child.log, scoreboard: scoreboard)
        }
        let server = child.configuration.server
        let peers = try Composition.orExit { () throws(StartFailure) in
            try PeerPolicy(server, environment: ProcessInfo.processInfo.environment)
        }
        let logger = child.log.logger
        let settings = FastCGISettings(
            onDuty: Self.onDuty(child.configuration), threads: server.threads + composition.hashCapacity,
            maxBody: server.maxBody, requestTimeout: min(server.requestTimeout, .seconds(5)),
            shutdownGrace: server.shutdownGrace, peers: peers, whenRefused: { PeerLog.write($0, to: logger) })
        let inheritance = child.inheritance
        let worker = try FastCGIWorker(
            listeners: inheritance.listeners, settings: settings, handover: inheritance.handover
        ) { shift in
            RequestHandler(composition, wake: { inheritance.wakeCourier() }, on: shift)
        }
        let kept = Self.kept(child.configuration)
        var threads = 0
        try worker.run(
            ready: {
                inheritance.reportReady()
                StartupCode.release()
            },
            meanwhile: { present in
                HashMemory.releaseUnused()
                let closed = Self.closeUnused(in: composition.pool, keeping: kept)
                if closed > 0 || present < threads { Heap.giveBack() }
                threads = present
            })
    }

    /// Gives up connections that only a busier time needed, and tells how many.
    private static func closeUnused(in pool: ConnectionPool, keeping usual: Int) -> Int {
        let now = ContinuousClock.now
        return pool.closeUnused(since: now - keepsMoreConnections, keeping: usual)
            + pool.closeUnused(since: now - keepsConnections)
    }

    /// How many threads of a worker look for requests: with a database on this machine, three for each of the worker's
    /// share of the cores, since at times most of them wait for it, though no more than have a connection to it each; with
    /// one elsewhere, which takes longer and no core, all.
    static func onDuty(_ configuration: Configuration) -> Int {
        hasDatabase(configuration) ? share(of: configuration, 3) : configuration.server.threads
    }

    /// How many connections to the database are kept for a while though no request needs them: one for each of the worker's
    /// share of the cores, two at least, and as many as threads look for requests when the database is elsewhere, where a new
    /// one takes longer.
    static func kept(_ configuration: Configuration) -> Int {
        hasDatabase(configuration) ? share(of: configuration, 1) : onDuty(configuration)
    }

    /// Whether the database is on this machine.
    private static func hasDatabase(_ configuration: Configuration) -> Bool {
        configuration.database.hosts.allSatisfy(\.isThisMachine)
    }

    /// So many threads for each of the worker's share of the cores, two at least, and no more than it may have.
    private static func share(of configuration: Configuration, _ threads: Int) -> Int {
        min(configuration.server.threads, max(2, threads * Machine.cores / configuration.server.processes))
    }
}
