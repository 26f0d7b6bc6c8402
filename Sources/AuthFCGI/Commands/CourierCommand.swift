import ArgumentParser
import AuthDomain

/// `authfcgi courier`: delivers messages and sweeps out what is over. Started by `authfcgi serve`.
struct CourierCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "courier", shouldDisplay: false)
    }

    private static let sweepInterval: Duration = .seconds(60)

    func run() throws {
        let child = try ChildProcess.take()
        let waiting = try CourierWaiting(wake: child.inheritance.courierWake)
        let composition = try Composition.orExit { () throws(StartFailure) in
            try CourierComposition(child.configuration, logger: child.logger)
        }
        child.inheritance.reportReady()
        var nextSweep = ContinuousClock.now
        repeat {
            if ContinuousClock.now >= nextSweep {
                composition.sweep()
                nextSweep = .now + Self.sweepInterval
            }
        } while waiting.wait(atMost: composition.deliver()) == .goOn
    }
}
