import ArgumentParser
import FoundationEssentials
import Logging

/// `authfcgi serve`
struct ServeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve", abstract: "Serve requests of the web server, in the foreground.",
            discussion: """
                SIGTERM, SIGQUIT and SIGINT stop: what runs is finished. SIGHUP reads the configuration again; a wrong \
                one changes nothing. The listeners and the number of workers stay until the next start.
                """)
    }

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        let loaded = try configuration.load()
        let log = LineLogHandler(loaded.log, environment: ProcessInfo.processInfo.environment)
        try Composition.orExit { () throws(StartFailure) in
            try StartCheck.run(loaded, log)
            // A database that does not answer is no reason not to start: the courier looks at its schema as soon as it does.
            if let error = try SchemaCheck(try Secrets(loaded).database, loaded.database.migrate, log.logger).run() {
                log.logger.warning(
                    "the database does not answer yet", metadata: ["error": .string(error.description)])
            }
        }
        throw ExitCode(try Composition.orExit { () throws(StartFailure) in try supervise(loaded, log) })
    }

    private func supervise(_ loaded: Configuration, _ log: LineLogHandler) throws(StartFailure) -> Int32 {
        let logger = log.logger
        let options = try ListenOptions(loaded.server)
        do throws(FastCGIError) {
            let listeners = try FastCGIListener.open(loaded.server.listen.map(ListenAddress.init), options: options)
            var settings = SupervisionSettings()
            settings.processes = loaded.server.processes
            settings.shutdownGrace = loaded.server.shutdownGrace
            let supervisor = try Supervisor(
                listeners: listeners, configuration: Array(loaded.rendered.utf8), settings: settings,
                reload: { reloaded(log) }, log: { SupervisionLog.write($0, to: logger) })
            Self.forgetStart()
            return supervisor.run()
        } catch {
            throw StartFailure(error)
        }
    }

    /// Gives back the memory that reading and checking a configuration took: a supervisor has little of its own.
    private static func forgetStart() {
        Heap.giveBack()
        StartupCode.release()
    }

    /// The configuration as it is now, checked; nil, and its problems in the log, when it is not one to work with.
    private func reloaded(_ log: LineLogHandler) -> [UInt8]? {
        defer { Self.forgetStart() }
        let logger = log.logger
        do {
            let (loaded, warnings) = try Configuration.load(
                path: configuration.path, environment: ProcessInfo.processInfo.environment)
            for warning in warnings { logger.warning("configuration", metadata: ["problem": .string(warning)]) }
            try StartCheck.run(loaded, log)
            return Array(loaded.rendered.utf8)
        } catch let problems as ConfigurationProblems {
            for problem in problems.problems {
                logger.error("configuration", metadata: ["problem": .string(problem.description)])
            }
        } catch {
            logger.error("configuration", metadata: ["problem": .string("\(error)")])
        }
        return nil
    }
}
