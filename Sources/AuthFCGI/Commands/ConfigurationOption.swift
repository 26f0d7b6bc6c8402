import ArgumentParser
import FoundationEssentials

/// Where the configuration is: an option of most commands.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.")
    var path = "/etc/authfcgi/authfcgi.toml"

    /// The configuration with its drop-ins and the environment, its warnings printed. Ends the program with 78
    /// (`EX_CONFIG`, sysexits.h) and all problems when there are any.
    func load() throws -> Configuration {
        do throws(ConfigurationProblems) {
            let (configuration, warnings) = try Configuration.load(
                path: path, environment: ProcessInfo.processInfo.environment)
            for warning in warnings { Console.complain("authfcgi: warning: \(warning)") }
            return configuration
        } catch {
            Console.complain(error.description)
            throw ExitCode(SystemExit.configuration)
        }
    }
}
