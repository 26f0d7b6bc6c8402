import ArgumentParser
import FoundationEssentials
import Logging

/// What a worker and the courier have in common: they are started by `authfcgi serve` and live on what it leaves them.
struct ChildProcess {
    let inheritance: Inheritance
    let configuration: Configuration
    let log: LineLogHandler

    /// Takes what the supervisor left. Started by hand, the program ends with a word on what to do instead.
    static func take() throws -> ChildProcess {
        guard let inheritance = try Inheritance.take() else {
            throw ValidationError("this command is for authfcgi serve alone")
        }
        let configuration = try Composition.orExit { () throws(StartFailure) in
            do throws(ConfigurationProblems) {
                return try Configuration.load(text: String(decoding: inheritance.configuration, as: UTF8.self))
            } catch {
                throw StartFailure(error.description)
            }
        }
        let log = LineLogHandler(configuration.log, environment: ProcessInfo.processInfo.environment)
        return ChildProcess(inheritance: inheritance, configuration: configuration, log: log)
    }
}
