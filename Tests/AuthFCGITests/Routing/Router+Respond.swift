import AuthDomain

@testable import AuthFCGI

extension Router {
    /// The answer to a request whose session is looked for by itself.
    func respond(
        to request: HTTPRequest, at now: Timestamp, with services: Services, sealing: Sealing
    ) -> RoutedResponse {
        var progress = begin(request, at: now, with: services, sealing: sealing)
        while true {
            switch progress {
            case .answered(let routed): return routed
            case .asks(let pending):
                let found = Result { () throws(AuthError) in try pending.claim.settled(with: services) }
                progress = resume(pending, with: found, sealing: sealing)
            }
        }
    }
}
