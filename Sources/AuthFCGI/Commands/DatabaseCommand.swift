import ArgumentParser
import AuthDomain

/// `authfcgi db`
struct DatabaseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "db", abstract: "Look after the database's schema.", subcommands: [Migrate.self, Status.self])
    }

    /// `authfcgi db migrate`
    struct Migrate: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Bring the schema to this version; several at once wait for each other.")
        }

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let runner = try DatabaseCommand.runner(configuration)
            let applied = try DatabaseCommand.orExit { () throws(MigrationError) in
                try runner.run { print("applying \($0.number): \($0.name)") }
            }
            print(applied.isEmpty ? "nothing to do" : "schema version \(Migrations.all.count)")
        }
    }

    /// `authfcgi db status`
    struct Status: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Tell which migrations the schema has; exit 69 when one is missing.")
        }

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let runner = try DatabaseCommand.runner(configuration)
            let statuses = try DatabaseCommand.orExit { () throws(MigrationError) in try runner.status() }
            for status in statuses {
                print("\(status.number)\t\(status.appliedAt == nil ? "missing" : "applied")\t\(status.name)")
            }
            if statuses.contains(where: { $0.appliedAt == nil }) { throw ExitCode(SystemExit.unavailable) }
        }
    }

    private static func runner(_ option: ConfigurationOption) throws -> MigrationRunner {
        let configuration = try option.load()
        let settings = try Composition.orExit { () throws(StartFailure) in try MariaDBSettings(configuration.database) }
        return MigrationRunner(settings, Migrations.all)
    }

    private static func orExit<Value>(_ body: () throws(MigrationError) -> Value) throws -> Value {
        do throws(MigrationError) {
            return try body()
        } catch {
            Console.complain("authfcgi: \(error)")
            throw ExitCode(SystemExit.unavailable)
        }
    }
}
