import ArgumentParser
import AuthDomain
import FoundationEssentials
import Logging

/// `authfcgi limits`
struct LimitsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "limits", abstract: "Say why somebody is refused, and let them in.",
            subcommands: [Show.self, Clear.self])
    }

    /// `authfcgi limits show`
    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "Show what is counted of somebody, and what of it refuses them now.",
                discussion: """
                    Columns: what is counted, realm, whose, how many of how many, until when, state (refused, counted, \
                    over), how long the window is where it grows, and what it is in a sentence. What is over is \
                    remembered where it makes the next window longer. Ranges and days are shared with others.
                    """)
        }

        @OptionGroup var subject: LimitSubjectOptions

        @Flag(help: "Print a JSON array.")
        var json = false

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let now = SystemClock.now()
            let entries = try subject.orExit(configuration) { ledger, subject, realms throws(AuthError) in
                try ledger.entries(of: subject, in: realms, at: now)
            }
            if json {
                print(
                    String(decoding: JSONValue.array(entries.map { $0.json(at: now) }).octets, as: UTF8.self))
            } else if entries.isEmpty {
                print("nothing is counted of \(subject.address)")
            } else {
                for entry in entries { print(entry.line(at: now)) }
            }
        }
    }

    /// `authfcgi limits clear`
    struct Clear: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: "Forget what is counted of somebody, so that they are let in.",
                discussion: """
                    Prints what was forgotten, in the columns of "limits show". What is shared with others stays: a \
                    range of numbers goes with --range, the messages of the day are a matter of the configuration.
                    """)
        }

        @OptionGroup var subject: LimitSubjectOptions

        @Flag(help: "Let texts go again to the phone's range of numbers and country, too.")
        var range = false

        @Flag(help: "Print a JSON array.")
        var json = false

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let now = SystemClock.now()
            let loaded = try configuration.load()
            let cleared = try subject.orExit(loaded) { ledger, subject, realms throws(AuthError) in
                let entries = try ledger.entries(of: subject, in: realms, at: now).filter(isToGo)
                let count = try ledger.clear(entries)
                let logger = LineLogHandler(loaded.log, environment: ProcessInfo.processInfo.environment).logger
                logger.notice(
                    "limits cleared",
                    metadata: [
                        "of": .string(subject.masked), "realms": .string(realms.map(\.key).joined(separator: ",")),
                        "counters": .stringConvertible(count), "by_uid": .stringConvertible(Int(SystemUser.number)),
                    ])
                return entries
            }
            if json {
                print(String(decoding: JSONValue.array(cleared.map { $0.json(at: now) }).octets, as: UTF8.self))
            } else if cleared.isEmpty {
                print("nothing is counted of \(subject.address)")
            } else {
                for entry in cleared { print(entry.line(at: now)) }
            }
        }

        private func isToGo(_ entry: LimitEntry) -> Bool {
            switch (entry.place, entry.owner) {
            case (.interval, _), (_, .everybody): false
            case (.code, _): entry.isRefused
            case (.counter, .range): range
            case (.counter, .subject): true
            }
        }
    }
}
