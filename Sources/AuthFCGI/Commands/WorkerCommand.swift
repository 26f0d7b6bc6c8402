import ArgumentParser
import FoundationEssentials

/// `authfcgi worker`: answers requests. Started by `authfcgi serve`.
struct WorkerCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "worker", shouldDisplay: false)
    }

    func run() throws {
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
        let settings = FastCGISettings(
            threads: server.threads, maxBody: server.maxBody, requestTimeout: min(server.requestTimeout, .seconds(5)),
            shutdownGrace: server.shutdownGrace,
            peers: try PeerPolicy(server, environment: ProcessInfo.processInfo.environment))
        let inheritance = child.inheritance
        let worker = try FastCGIWorker(
            listeners: inheritance.listeners, settings: settings, handover: inheritance.handover
        ) {
            let handler = RequestHandler(composition, wake: { inheritance.wakeCourier() })
            return { handler.answer($0) }
        }
        try worker.run(ready: { inheritance.reportReady() }, meanwhile: { HashMemory.releaseUnused() })
    }
}
