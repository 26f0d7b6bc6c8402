import ArgumentParser
import AuthDomain

/// `authfcgi courier`: delivers messages and sweeps out what is over. Started by `authfcgi serve`.
struct CourierCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "courier", shouldDisplay: false)
    }

    func run() throws {
        let child = try ChildProcess.take()
        let waiting = try CourierWaiting(wake: child.inheritance.courierWake)
        let composition = try Composition.orExit { () throws(StartFailure) in
            try CourierComposition(child.configuration, logger: child.logger)
        }
        child.inheritance.reportReady()
        var nextSweep = ContinuousClock.now
        var pause: Duration
        repeat {
            if ContinuousClock.now >= nextSweep { nextSweep = .now + composition.sweep() }
            pause = min(composition.deliver(), max(.zero, nextSweep - .now))
        } while waiting.wait(atMost: pause) == .goOn
    }
}
