import ArgumentParser
import Glibc

/// `authfcgi keys`
struct KeysCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "keys", abstract: "Make keys.", subcommands: [Generate.self])
    }

    /// `authfcgi keys generate`
    struct Generate: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Make a key file that only its owner can read; a file that is there stays.")
        }

        @Argument(help: "The file to make.")
        var path: String

        @Option(help: "The key's id: 1 to 16 letters, digits, dashes and underscores.")
        var id = "k1"

        @Option(help: "What tokens are signed by; for keys of cookies the default.")
        var algorithm = TokenAlgorithm.hs256

        func run() throws {
            let line: String
            do throws(KeyRingError) {
                line = try TokenKeys.freshLine(id: id, algorithm: algorithm, random: SystemRandom())
            } catch {
                throw ValidationError("\(error)")
            }
            let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw refusal() }
            defer { close(file) }
            let octets = Array((line + "\n").utf8)
            let written = unsafe octets.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
            guard written == octets.count, fsync(file) == 0 else { throw refusal() }
            print("\(path): made")
        }

        private func refusal() -> ExitCode {
            unsafe Console.complain("authfcgi: \(path): \(String(cString: strerror(errno)))")
            return ExitCode(SystemExit.cannotCreate)
        }
    }
}

extension TokenAlgorithm: ExpressibleByArgument {}
