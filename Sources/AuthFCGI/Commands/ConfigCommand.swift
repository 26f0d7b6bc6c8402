import ArgumentParser
import FoundationEssentials

/// `authfcgi config`
struct ConfigCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "config", abstract: "Look at the configuration.", subcommands: [Check.self, Show.self])
    }

    /// `authfcgi config check`
    struct Check: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "Check the configuration and all that it names on this machine; exit 78 if it is wrong.",
                discussion: """
                    Key files, passwords, templates, the list of passwords, the socket's group: whatever \
                    authfcgi serve could not start without, but for the database and the sockets.
                    """)
        }

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let loaded = try configuration.load()
            let log = LineLogHandler(loaded.log, environment: ProcessInfo.processInfo.environment)
            try Composition.orExit { () throws(StartFailure) in
                try StartCheck.run(loaded, log)
                // With the library that messages need to leave.
                _ = try Transports(loaded)
            }
            print("\(configuration.path): good")
        }
    }

    /// `authfcgi config show`
    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Print every key with the value that is in force.")
        }

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            print(try configuration.load().shown, terminator: "")
        }
    }
}
