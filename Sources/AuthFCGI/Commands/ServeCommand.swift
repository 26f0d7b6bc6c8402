import ArgumentParser
import CSystem
import FoundationEssentials
import Logging

/// `authfcgi serve`
struct ServeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve", abstract: "Serve requests of the web server, in the foreground.",
            discussion: """
                SIGTERM, SIGQUIT and SIGINT stop: what runs is finished. SIGHUP reads the configuration again; a wrong \
                one changes nothing. listen, socket_mode, socket_group, backlog and processes of [server] need a restart: \
                until then they stay as they are, and the log names those that were changed.
                """)
    }

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        // Memory has keys and passwords.
        _ = system_forbid_cores()
        let loaded = try configuration.load()
        let log = LineLogHandler(loaded.log, environment: ProcessInfo.processInfo.environment)
        try Composition.orExit { () throws(StartFailure) in
            try StartCheck.run(loaded, log)
            if SystemUser.isRoot {
                log.logger.warning(
                    "runs as root", metadata: ["advice": "a user of its own, as authfcgi.service in deploy/ has"])
            }
            // A database that does not answer is no reason not to start: the courier looks at its schema as soon as it does.
            let database = try MariaDBSettings(loaded.database)
            if let error = try SchemaCheck(database, loaded.database.migrate, log.logger).run() {
                log.logger.warning(
                    "the database does not answer yet", metadata: ["error": .string(error.description)])
            }
        }
        throw ExitCode(try Composition.orExit { () throws(StartFailure) in try supervise(loaded, log) })
    }

    private func supervise(_ loaded: Configuration, _ log: LineLogHandler) throws(StartFailure) -> Int32 {
        let options = try ListenOptions(loaded.server)
        do throws(FastCGIError) {
            let listeners = try FastCGIListener.open(loaded.server.listen.map(ListenAddress.init), options: options)
            var settings = SupervisionSettings()
            settings.processes = loaded.server.processes
            let supervisor = try Supervisor(
                listeners: listeners, configuration: supervised(loaded, log), settings: settings)
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

    private func supervised(_ configuration: Configuration, _ log: LineLogHandler) -> SupervisedConfiguration {
        let logger = log.logger
        return SupervisedConfiguration(
            text: Array(configuration.rendered.utf8), shutdownGrace: configuration.server.shutdownGrace,
            log: { SupervisionLog.write($0, to: logger) }, reload: { successor(of: configuration, log) })
    }

    /// The configuration as it is now, checked; nil, and its problems in the log, when it is not one to work with.
    private func successor(of running: Configuration, _ log: LineLogHandler) -> SupervisedConfiguration? {
        defer { Self.forgetStart() }
        let logger = log.logger
        let environment = ProcessInfo.processInfo.environment
        let warn = { logger.warning("configuration", metadata: ["problem": .string($0)]) }
        do {
            var (loaded, warnings) = try Configuration.load(path: configuration.path, environment: environment)
            warnings.forEach(warn)
            try StartCheck.run(loaded, log)
            let kept = loaded.keepWhatNeedsRestart(of: running).map(\.path)
            if !kept.isEmpty { warn("\(kept.joined(separator: ", ")): changed; needs a restart") }
            return supervised(loaded, LineLogHandler(loaded.log, environment: environment))
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
