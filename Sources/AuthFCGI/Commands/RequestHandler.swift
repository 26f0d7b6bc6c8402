import AuthDomain
import Logging

/// Answers the requests of one thread.
final class RequestHandler {
    private let router: Router
    private let meter: RequestMeter
    private let log: RequestLog
    private let services: Services
    private let sealing: Sealing
    /// Which of the router's labels are those of `routine`.
    private let isRoutine: [Bool]

    /// - Parameters:
    ///   - wake: tells the courier that a message waits.
    ///   - shift: the thread's part in what the worker does.
    init(_ composition: Composition, wake: @escaping () -> Void, on shift: Duty.Shift) {
        router = composition.router
        meter = composition.meter
        log = composition.requestLog()
        services = composition.services(
            logging: log, wake: wake, standAside: { shift.standAside() }, callOthers: { shift.callOthers() })
        sealing = composition.sealing
        isRoutine = router.labels.map { Self.routine.contains($0.route ?? "") }
    }

    /// The answer to a request, and its line in the log.
    func answer(_ fastCGI: FastCGIRequest) -> FastCGIResponse {
        let start = ContinuousClock.now
        let request = HTTPRequest(fastCGI, id: Self.freshID())
        log.begin(request.id)
        defer { log.end() }
        let routed = router.respond(to: request, at: SystemClock.now(), with: services, sealing: sealing)
        let duration = ContinuousClock.now - start
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
        return FastCGIResponse(octets: routed.response.octets(isHead: request.method == .head))
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
