import CSystem
import Glibc

/// Keeps a number of workers and one courier running, each a process of its own.
///
/// A child that dies is replaced. SIGTERM, SIGQUIT and SIGINT end all; a second one kills. SIGHUP starts workers with a
/// new configuration and, when all of them are ready, retires the old ones, so that no request is refused meanwhile.
final class Supervisor {
    /// The exit code (sysexits.h, EX_CONFIG) of a child whose configuration cannot work.
    static let unusableConfiguration: Int32 = 78

    let settings: SupervisionSettings
    let estate: Estate
    let notifier = ServiceNotifier()
    private let signals: Descriptor

    var children: [pid_t: Child] = [:]
    var vacancies: [Vacancy] = []
    /// How many children in a row died young.
    var earlyDeaths = 0
    /// The configuration in force, and one that is on trial.
    private var configurations: (current: ConfigurationFile, trial: ConfigurationFile?)
    private var isReloadWanted = false
    private var hasServed = false
    /// Whether a courier has ever been ready.
    private var hasDelivered = false
    var exitCode: Int32?

    /// A supervisor of these listeners. The calling thread must be the only one: the signals are blocked for it.
    init(
        listeners: [FastCGIListener], configuration: SupervisedConfiguration, settings: SupervisionSettings
    ) throws(FastCGIError) {
        var set = StopSignal.set
        unsafe sigaddset(&set, SIGCHLD)
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        signals = try Descriptor(unsafe system_signal_descriptor(&set), from: "signalfd")
        _ = system_ignore_signal(SIGPIPE)
        self.settings = settings
        estate = try Estate(listeners: listeners)
        configurations = (try ConfigurationFile(configuration, generation: 0, in: estate), nil)
    }

    /// Tells the log of the configuration in force.
    private func log(_ event: SupervisionEvent) { configurations.current.log(event) }

    /// Runs until it is told to stop, and returns the exit code: 0, or 78 when the workers or the courier refuse the
    /// configuration at the first start.
    func run() -> Int32 {
        for _ in 0..<settings.processes { start(.worker, configurations.current) }
        if settings.courierArguments != nil { start(.courier, configurations.current) }
        while true {
            wait()
            while case let number = system_signal_read(signals.number), number > 0 { take(number) }
            for process in estate.reports() {
                children[process]?.isReady = true
                if children[process]?.role == .courier { hasDelivered = true }
            }
            reap()
            if let exitCode {
                if children.isEmpty {
                    estate.removeFiles()
                    return exitCode
                }
            } else {
                promote()
                fill()
            }
            killOverdue()
        }
    }

    private func wait() {
        let moments = vacancies.map(\.due) + children.values.compactMap(\.deadline)
        var limit: Int32 = -1
        if let first = moments.min() {
            let (seconds, attoseconds) = max(first - .now, .zero).components
            limit = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
        }
        var descriptors = [
            pollfd(fd: signals.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: estate.readyReader.number, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&descriptors, nfds_t(descriptors.count), limit)
    }

    private func take(_ number: Int32) {
        switch number {
        case SIGTERM, SIGQUIT, SIGINT:
            if exitCode == nil { stop(0) } else { for process in children.keys { kill(process, SIGKILL) } }
        case SIGHUP: isReloadWanted = true
        default: break
        }
    }

    private func stop(_ code: Int32) {
        exitCode = code
        log(.stopping)
        notifier.send(.stopping)
        vacancies = []
        for process in children.keys { dismiss(process, by: SIGTERM) }
    }
}

extension Supervisor {
    private func reap() {
        var status: Int32 = 0
        while case let process = unsafe waitpid(-1, &status, WNOHANG), process > 0 {
            guard let child = children.removeValue(forKey: process) else { continue }
            estate.scoreboard.release(process)
            let signal = system_end_signal(status)
            let end = signal > 0 ? SupervisionEvent.End.killed(signal: signal) : .exited(system_exit_code(status))
            log(.ended(child.role, process: process, end, expected: child.deadline != nil))
            if exitCode == nil { replace(child, end) }
        }
    }

    private func replace(_ child: Child, _ end: SupervisionEvent.End) {
        let isCurrent = child.generation == configurations.current.generation
        if child.deadline != nil {
            // A courier is told to end when its successor is to have another configuration.
            if child.role == .courier { vacancies.append(Vacancy(role: .courier, due: .now)) }
        } else if end == .exited(Self.unusableConfiguration), isFirst(child.role) {
            stop(Self.unusableConfiguration)
        } else if isCurrent {
            let livedLong = ContinuousClock.now - child.started > .seconds(1)
            earlyDeaths = livedLong ? 0 : min(earlyDeaths + 1, 6)
            let pause = livedLong ? Duration.zero : min(.milliseconds(25 << earlyDeaths), .seconds(1))
            vacancies.append(Vacancy(role: child.role, due: .now + pause))
        } else if child.generation == configurations.trial?.generation {
            abandonTrial()
        }
    }

    /// Whether no child of this role has worked yet: it refuses a configuration that nobody works with.
    private func isFirst(_ role: SupervisionEvent.Role) -> Bool {
        switch role {
        case .worker: !hasServed
        case .courier: !hasDelivered
        }
    }

    private func fill() {
        let now = ContinuousClock.now
        let due = vacancies.filter { $0.due <= now }
        vacancies.removeAll { $0.due <= now }
        for vacancy in due { start(vacancy.role, configurations.current) }
    }

    /// Goes on with a first start or a reload, when the workers that it waits for are ready, and then with a reload that
    /// was asked for meanwhile: nothing else need happen that would wake it again.
    private func promote() {
        if let trial = configurations.trial, areReady(trial) { succeed(to: trial) }
        if !hasServed, areReady(configurations.current) {
            hasServed = true
            log(.ready)
            notifier.send(.ready)
        }
        if isReloadWanted, hasServed, configurations.trial == nil {
            isReloadWanted = false
            beginTrial()
        }
    }

    private func areReady(_ configuration: ConfigurationFile) -> Bool {
        let ready = children.values.count { child in
            let isOurs = child.role == .worker && child.generation == configuration.generation
            return isOurs && child.isReady && child.deadline == nil
        }
        return ready == settings.processes
    }

    private func beginTrial() {
        log(.reloading)
        notifier.send(.reloading)
        let generation = configurations.current.generation + 1
        guard let successor = configurations.current.reload(),
            let trial = try? ConfigurationFile(successor, generation: generation, in: estate)
        else {
            log(.reloadRefused)
            return notifier.send(.ready)
        }
        configurations.trial = trial
        for _ in 0..<settings.processes where configurations.trial != nil { start(.worker, trial) }
    }

    private func succeed(to trial: ConfigurationFile) {
        configurations = (trial, nil)
        vacancies.removeAll { $0.role == .worker }
        for (process, child) in children where child.generation < trial.generation && child.deadline == nil {
            dismiss(process, by: child.role == .worker ? SIGHUP : SIGTERM)
        }
        log(.reloaded)
        notifier.send(.ready)
    }

    private func abandonTrial() {
        for (process, child) in children where child.generation == configurations.trial?.generation {
            // One that serves already has connections to give back.
            dismiss(process, by: child.isReady ? SIGHUP : SIGTERM)
        }
        configurations.trial = nil
        log(.reloadRefused)
        notifier.send(.ready)
    }

    private func start(_ role: SupervisionEvent.Role, _ configuration: ConfigurationFile) {
        let arguments = role == .worker ? settings.workerArguments : settings.courierArguments ?? []
        let process = Spawn.start(
            arguments: arguments, descriptors: estate.bequest(to: role, configuration: configuration.number),
            inheritance: estate.description(for: role), blocksSignals: role == .worker)
        if process > 0 {
            children[process] = Child(
                role: role, generation: configuration.generation, shutdownGrace: configuration.shutdownGrace,
                started: .now)
            return log(.started(role, process: process))
        }
        log(.startFailed(role, code: -process))
        if configuration.generation == configurations.trial?.generation { return abandonTrial() }
        vacancies.append(Vacancy(role: role, due: .now + .seconds(1)))
    }

    private func dismiss(_ process: pid_t, by signal: Int32) {
        kill(process, signal)
        guard let child = children[process], child.deadline == nil else { return }
        children[process]?.deadline = .now + child.shutdownGrace + .seconds(2)
    }

    private func killOverdue() {
        let now = ContinuousClock.now
        for (process, child) in children {
            guard let deadline = child.deadline, deadline <= now else { continue }
            log(.overdue(child.role, process: process))
            kill(process, SIGKILL)
            children[process]?.deadline = now + .seconds(1)
        }
    }
}
