import AuthDomain
import Logging

/// Answers the requests of one thread.
final class RequestHandler {
    private let composition: Composition
    private let log: RequestLog
    private let services: Services

    init(_ composition: Composition, wake: @escaping () -> Void) {
        self.composition = composition
        log = composition.requestLog()
        services = composition.services(logging: log, wake: wake)
    }

    /// The answer to a request, and its line in the log.
    func answer(_ fastCGI: FastCGIRequest) -> FastCGIResponse {
        let start = ContinuousClock.now
        let request = HTTPRequest(fastCGI, id: Self.freshID())
        log.begin(request.id)
        defer { log.end() }
        let routed = composition.router.respond(
            to: request, at: SystemClock.now(), with: services, sealing: composition.sealing)
        let duration = ContinuousClock.now - start
        let label = RequestMeter.Label(api: routed.api, route: routed.route)
        composition.meter.count(label, routed.response.status, duration)
        if !routed.isDescribed {
            log.log(
                .error, "undescribed answer",
                ["route": "\(routed.route ?? "-")", "status": "\(routed.response.status.rawValue)"])
        }
        log.access(
            AccessRecord(
                method: request.method.name, route: routed.route, status: routed.response.status.rawValue,
                duration: duration, api: routed.api, realm: request.tenant,
                remoteAddress: request.remoteAddress, outcome: Self.words(for: routed.outcome),
                isRoutine: routed.response.status == .ok && Self.routine.contains(routed.route ?? "")))
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
