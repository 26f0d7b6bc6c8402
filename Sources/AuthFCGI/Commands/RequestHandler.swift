import AuthDomain
import Logging

/// Answers the requests of one thread. Those whose answers depend on a login session wait in a line that all threads have in
/// common, and one looks for the sessions of all who wait.
final class RequestHandler: Responder {
    /// How long a request waits at most for a look-up under way to end, or for another request to come.
    private static let mostPatience: Duration = .milliseconds(5)

    private let router: Router
    private let meter: RequestMeter
    private let log: RequestLog
    private let services: Services
    private let sealing: Sealing
    private let lookups: Lookups
    /// Requests that this thread goes on with, the next one last.
    private var known: [(request: WaitingRequest, found: Result<LoginSession, AuthError>)] = []
    /// Requests whose sessions were looked for, and for which something else must be asked or written first.
    private var unsettled: [(request: WaitingRequest, answer: SessionClaim.Answer)] = []
    /// Which of the router's labels are those of `routine`.
    private let isRoutine: [Bool]

    /// - Parameters:
    ///   - wake: tells the courier that a message waits.
    ///   - shift: the thread's part in what the worker does.
    init(_ composition: Composition, wake: @escaping () -> Void, on shift: Duty.Shift) {
        router = composition.router
        meter = composition.meter
        log = composition.requestLog()
        services = composition.services(logging: log, wake: wake, standAside: { shift.standAside() })
        sealing = composition.sealing
        lookups = composition.lookups
        isRoutine = router.labels.map { Self.routine.contains($0.route ?? "") }
    }

    func answer(_ fastCGI: FastCGIRequest, to recipient: Recipient) -> FastCGIResponse? {
        let start = ContinuousClock.now
        let request = HTTPRequest(fastCGI, id: Self.freshID())
        log.begin(request.id)
        defer { log.end() }
        let progress = router.begin(request, at: SystemClock.now(), with: services, sealing: sealing)
        return response(to: request, progress, for: recipient, since: start)
    }

    func next() -> (FastCGIResponse, Recipient)? {
        while let (waiting, found) = known.popLast() ?? goOn() {
            let request = waiting.pending.request
            log.begin(request.id)
            defer { log.end() }
            let progress = router.resume(waiting.pending, with: found, sealing: sealing)
            if let response = response(to: request, progress, for: waiting.recipient, since: waiting.start) {
                return (response, waiting.recipient)
            }
        }
        return nil
    }

    var patience: Duration? { lookups.isEmpty ? nil : Self.mostPatience }

    /// The response that a request has come to, or nil, and the request waits.
    private func response(
        to request: HTTPRequest, _ progress: Router.Progress, for recipient: Recipient,
        since start: ContinuousClock.Instant
    ) -> FastCGIResponse? {
        switch progress {
        case .answered(let routed):
            write(routed, of: request, after: ContinuousClock.now - start)
            return FastCGIResponse(octets: routed.response.octets(isHead: request.method == .head))
        case .asks(let pending):
            lookups.join(WaitingRequest(pending, for: recipient, since: start))
            return nil
        }
    }

    /// Counts an answer, and writes its line in the log.
    private func write(_ routed: RoutedResponse, of request: HTTPRequest, after duration: Duration) {
        let status = routed.response.status
        meter.count(routed.place, status, duration)
        if !routed.isDescribed {
            log.log(
                .error, "undescribed answer", ["route": "\(routed.route ?? "-")", "status": "\(status.rawValue)"])
        }
        let isRoutine = status == .ok && isRoutine[routed.place]
        if log.logsAnswer(after: duration, isRoutine: isRoutine) {
            log.access(
                AccessRecord(
                    method: request.method.name, route: routed.route, status: status.rawValue, duration: duration,
                    api: routed.api, realm: request.tenant, remoteAddress: router.site.address(of: request),
                    outcome: Self.words(for: routed.outcome), isRoutine: isRoutine))
        }
    }

    /// The service's own resources that monitors ask for.
    private static let routine: Set<String> = ["/healthz", "/readyz", "/metrics"]

    private static func words(for outcome: RoutedResponse.Outcome) -> String {
        switch outcome {
        case .answered: "answered"
        case .refused(let error): "refused: \(error.reason)"
        case .faulted(let fault): "refused: \(fault)"
        }
    }

    private static func freshID() -> String {
        guard let octets = try? SystemRandom().octets(16) else { return "unknown-request" }
        return Hexadecimal.text(octets)
    }
}

extension RequestHandler {
    private typealias Known = (request: WaitingRequest, found: Result<LoginSession, AuthError>)

    /// The first of the requests that can be gone on with once their sessions are known; nil when there is none.
    private func goOn() -> Known? {
        if unsettled.isEmpty { lookUp() }
        if known.isEmpty { settle() }
        return known.popLast()
    }

    /// Looks for the sessions of those who wait, unless others do.
    private func lookUp() {
        let batch = lookups.begin()
        if batch.isEmpty { return }
        log.begin(batch.map(\.pending.request.id))
        let answers = services.sessions.logins(batch.map(\.pending.claim.question))
        lookups.end(batch.count)
        for (request, answer) in zip(batch, answers).reversed() {
            if let found = request.pending.claim.verdict(on: answer) {
                known.append((request, found))
            } else {
                unsettled.append((request, answer))
            }
        }
        log.end()
    }

    /// Asks and writes what must be for those who wait for that.
    private func settle() {
        if unsettled.isEmpty { return }
        log.begin(unsettled.map(\.request.pending.request.id))
        let found = SessionClaim.settle(unsettled.map { ($0.request.pending.claim, $0.answer) }, with: services)
        known = Array(zip(unsettled.map(\.request), found))
        unsettled = []
        log.end()
    }
}
