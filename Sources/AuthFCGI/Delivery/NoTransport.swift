/// What delivers nothing: messages wait until they are too old to be of use.
struct NoTransport: TextTransport {
    func deliver(_ message: TextMessage) throws(DeliveryError) {
        throw DeliveryError(reason: "the transport is off")
    }
}
