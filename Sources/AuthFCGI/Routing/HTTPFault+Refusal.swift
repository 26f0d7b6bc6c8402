/// What a client is told of a fault.
extension HTTPFault {
    /// The refusal, for the API's envelope.
    var refusal: Refusal {
        switch self {
        case .wrongType(let field, _):
            Refusal(status, message, details: [Refusal.Detail(field: field, message: message)])
        case .notFound, .methodNotAllowed, .unsupportedMediaType, .contentTooLarge, .malformedBody, .crossSite,
            .ambiguous, .misconfigured:
            Refusal(status, message)
        }
    }
}
