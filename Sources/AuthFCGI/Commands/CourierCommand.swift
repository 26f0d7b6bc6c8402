import ArgumentParser
import AuthDomain

/// `authfcgi courier`: delivers messages and sweeps out what is over. Started by `authfcgi serve`.
struct CourierCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "courier", shouldDisplay: false)
    }

    func run() throws {
        let child = try ChildProcess.take()
        guard let legacy = child.inheritance.courierLegacy else {
            throw ValidationError("this command is for authfcgi serve alone")
        }
        let waiting = try CourierWaiting(wake: child.inheritance.courierWake)
        var composition = try Composition.orExit { () throws(StartFailure) in
            try CourierComposition(child.configuration, legacy: legacy, logger: child.log.logger)
        }
        for lane in composition.lanes { try lane.start() }
        child.inheritance.reportReady()
        StartupCode.release()
        var pause: Duration
        repeat {
            pause = composition.sweep()
            for lane in composition.lanes { lane.wake() }
        } while waiting.wait(atMost: pause, woken: { for lane in composition.lanes { lane.wake() } }) == .goOn
        for lane in composition.lanes { lane.stop() }
        while composition.lanes.contains(where: { !$0.isOver }) { StopSignal.pass(.milliseconds(5)) }
    }
}
