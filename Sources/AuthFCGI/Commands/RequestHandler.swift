import AuthDomain
import Logging

/// Answers the requests of one thread. Those whose answers depend on a login session wait in a line that all threads have in
/// common, and one looks for the sessions of all who wait.
final class RequestHandler: Responder {
    /// How long a thread looks for requests at most while some wait.
    private static let mostPatience: Duration = .milliseconds(5)

    private let router: Router
    private let meter: RequestMeter
    private let log: RequestLog
    private let services: Services
    private let sealing: Sealing
    private let lookups: Lookups
    private let shift: Duty.Shift
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
        self.shift = shift
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

    func catchUp(giving give: (FastCGIResponse, Recipient) -> Void) {
        while case let batch = lookups.begin(), !batch.isEmpty {
            let answers = logged(for: batch) { services.sessions.logins(batch.map(\.pending.claim.question)) }
            lookups.end(batch.count)
            var (stale, absent): ([Unsettled], [Unsettled]) = ([], [])
            log.gather {
                for (request, answer) in zip(batch, answers) {
                    if let found = request.pending.claim.verdict(on: answer) {
                        goOn(with: request, found, giving: give)
                    } else if case .success(nil) = answer {
                        absent.append((request, answer))
                    } else {
                        stale.append((request, answer))
                    }
                }
            }
            settle(stale, giving: give)
            settle(absent, giving: give)
        }
    }

    /// A request whose session was looked for, and for which something else has to be asked or written.
    private typealias Unsettled = (request: WaitingRequest, answer: SessionClaim.Answer)

    /// Goes on with requests that need more than others; who waits in the line does not wait for that.
    private func settle(_ unsettled: [Unsettled], giving give: (FastCGIResponse, Recipient) -> Void) {
        if unsettled.isEmpty { return }
        if !lookups.isEmpty { shift.standAside() }
        let found = logged(for: unsettled.map(\.request)) {
            SessionClaim.settle(unsettled.map { ($0.request.pending.claim, $0.answer) }, with: services)
        }
        log.gather {
            for (request, found) in zip(unsettled.map(\.request), found) { goOn(with: request, found, giving: give) }
        }
    }

    /// Goes on with a request, now that it is known whose session it carries.
    private func goOn(
        with waiting: WaitingRequest, _ found: Result<LoginSession, AuthError>,
        giving give: (FastCGIResponse, Recipient) -> Void
    ) {
        let request = waiting.pending.request
        log.begin(request.id)
        defer { log.end() }
        let progress = router.resume(waiting.pending, with: found, sealing: sealing)
        if let response = response(to: request, progress, for: waiting.recipient, since: waiting.start) {
            give(response, waiting.recipient)
        }
    }

    /// What `body` makes for several requests; what it logs is logged for each.
    private func logged<Value>(for requests: [WaitingRequest], _ body: () -> Value) -> Value {
        log.begin(requests.map(\.pending.request.id))
        defer { log.end() }
        return body()
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
