import CSystem
import Glibc

/// A process that answers FastCGI requests (FastCGI 1.0, roles responder and authorizer) on its listeners.
final class FastCGIWorker: Sendable {
    /// Makes a thread's responder, on that thread, once. The responder tells the thread's shift when it waits.
    typealias ResponderMaker = @Sendable (Duty.Shift) -> any Responder

    /// How long a stopping worker goes on serving: what was sent before the stop must have time to come.
    private static let lastCall = Duration.milliseconds(30)

    /// How long threads rest that nobody needs.
    private static let rest: Duration = .seconds(5)

    private let settings: FastCGISettings
    private let makeResponder: ResponderMaker
    private let reception: Reception
    private let doorkeeper: Doorkeeper

    /// Prepares the listeners, and blocks the signals of `StopSignal` in the calling thread, which must be
    /// the only one of the process yet. `handover` is where connections go when the worker retires.
    init(
        listeners: [FastCGIListener], settings: FastCGISettings, handover: Handover? = nil,
        makeResponder: @escaping ResponderMaker
    ) throws(FastCGIError) {
        StopSignal.block()
        _ = system_ignore_signal(SIGPIPE)
        // An idle connection costs a descriptor and nothing else.
        _ = system_raise_descriptor_limit()
        self.settings = settings
        self.makeResponder = makeResponder
        reception = try Reception(listeners: listeners, handover: handover, settings: settings)
        doorkeeper = try Doorkeeper(reception: reception, settings: settings)
    }

    /// Serves until a signal ends it, and returns when all that had arrived is answered, or the grace is over.
    ///
    /// SIGTERM, SIGQUIT and SIGINT stop. SIGHUP retires: the connections go to other workers. Further signals change
    /// nothing, since a service manager sends SIGTERM to every process, and the supervisor does so too.
    /// - Parameters:
    ///   - ready: called when requests are being served.
    ///   - meanwhile: called once a second from then on, on this thread, with the number of threads that answer requests.
    func run(ready: () -> Void = {}, meanwhile: (Int) -> Void = { _ in }) throws(FastCGIError) {
        let duty = try Duty(places: settings.onDuty, threads: settings.threads) {
            [self] shift in
            var loop = RequestLoop(
                shift: shift, reception: reception, doorkeeper: doorkeeper, settings: settings,
                responder: makeResponder(shift))
            loop.run()
        }
        try duty.begin()
        try WorkerThread.start { [self] in doorkeeper.run() }
        ready()
        let signal = StopSignal.wait {
            duty.sendHome(unusedFor: Self.rest)
            meanwhile(duty.count)
        }
        drain(duty, after: signal)
    }

    private func drain(_ duty: Duty, after signal: StopSignal) {
        let end = ContinuousClock.now + settings.shutdownGrace
        reception.stopAccepting(retiring: signal == .retire)
        switch signal {
        case .retire: break
        case .stop:
            doorkeeper.hurry()
            StopSignal.pass(Self.lastCall)
        }
        reception.dismiss()
        while reception.connections.count > 0, ContinuousClock.now < end { StopSignal.pass(.milliseconds(2)) }
        reception.close()
        duty.end()
        let last = min(end, ContinuousClock.now + .milliseconds(500))
        while duty.count > 0, ContinuousClock.now < last { StopSignal.pass(.milliseconds(1)) }
    }
}
