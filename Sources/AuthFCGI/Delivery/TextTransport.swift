/// A way by which text messages leave the house.
protocol TextTransport {
    /// Delivers the message; when this returns, it is durable on the other side.
    func deliver(_ message: TextMessage) throws(DeliveryError)
}

/// Why a message could not be delivered.
struct DeliveryError: Error, Equatable {
    /// What went wrong, for the log: it holds nothing of the message.
    let reason: String
    /// Whether it will be no better next time.
    var isPermanent = false
}
