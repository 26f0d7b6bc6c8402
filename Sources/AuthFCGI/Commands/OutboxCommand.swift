import ArgumentParser
import AuthDomain

/// `authfcgi outbox`
struct OutboxCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "outbox", abstract: "Look after messages that wait or could not be delivered.",
            subcommands: [List.self, Retry.self])
    }

    /// `authfcgi outbox list`
    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "List messages, the newest first: those that wait, and those that failed or expired.",
                discussion: """
                    Columns: id, medium, realm, state (waiting, leased, failed, expired), attempts, when it was put in, \
                    when it is due, when it expires, and why it did not go last time. Nothing shows what a message says \
                    or who gets it: what could not be delivered in time is not kept.
                    """)
        }

        @Flag(help: "Print a JSON array.")
        var json = false

        @Option(help: "How many at most.")
        var limit = 100

        @OptionGroup var configuration: ConfigurationOption

        func validate() throws {
            if !(1...100_000).contains(limit) { throw ValidationError("--limit is a number from 1 to 100000") }
        }

        func run() throws {
            let entries = try OutboxCommand.orExit(configuration) { ledger throws(AuthError) in
                try ledger.entries(limit: limit, at: SystemClock.now())
            }
            if json {
                print(String(decoding: JSONValue.array(entries.map(\.json)).octets, as: UTF8.self))
            } else {
                for entry in entries { print(entry.line) }
            }
        }
    }

    /// `authfcgi outbox retry`
    struct Retry: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "Have messages that wait for their next attempt tried at once: all, or those named.",
                discussion: "A courier does so within five seconds. Messages that failed for good are gone.")
        }

        @Argument(help: "Their ids.")
        var ids: [Int64] = []

        @Flag(help: "Print a JSON object.")
        var json = false

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let count = try OutboxCommand.orExit(configuration) { ledger throws(AuthError) in
                try ledger.retry(ids, at: SystemClock.now())
            }
            print(json ? "{\"retried\":\(count)}" : "\(count) to be tried at once")
        }
    }

    private static func orExit<Value>(
        _ option: ConfigurationOption, _ body: (OutboxLedger) throws(AuthError) -> Value
    ) throws -> Value {
        let configuration = try option.load()
        let settings = try Composition.orExit { () throws(StartFailure) in try MariaDBSettings(configuration.database) }
        let database = Database(ConnectionPool(settings)) { error in Console.complain("authfcgi: \(error)") }
        do throws(AuthError) {
            return try body(OutboxLedger(database: database))
        } catch {
            throw ExitCode(SystemExit.unavailable)
        }
    }
}
