import ArgumentParser

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
                abstract: "Check the configuration and the key files that it names; exit 78 if it is wrong.")
        }

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let loaded = try configuration.load()
            _ = try Composition.orExit { () throws(StartFailure) in try Secrets(loaded) }
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
