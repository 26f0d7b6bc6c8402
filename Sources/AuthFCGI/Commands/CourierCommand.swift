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
        for lane in composition.lanes { try lane.start() }
        child.inheritance.reportReady()
<<<<<<< HEAD
        repeat {
            composition.sweep()
            for lane in composition.lanes { lane.wake() }
        } while waiting.wait(atMost: Self.sweepInterval, woken: { for lane in composition.lanes { lane.wake() } })
            == .goOn
        for lane in composition.lanes { lane.stop() }
        while composition.lanes.contains(where: { !$0.isOver }) { StopSignal.pass(.milliseconds(5)) }
=======
        var nextSweep = ContinuousClock.now
        var pause: Duration
        repeat {
            if ContinuousClock.now >= nextSweep { nextSweep = .now + composition.sweep() }
            pause = min(composition.deliver(), max(.zero, nextSweep - .now))
        } while waiting.wait(atMost: pause) == .goOn
>>>>>>> 58f195bdf8dd3c4f3602f4e66b5212af0a083baa
    }
}
