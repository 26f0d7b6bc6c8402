/// A way by which text messages leave the house.
protocol TextTransport {
    /// Delivers the message; when this returns, it is durable on the other side.
    func deliver(_ message: TextMessage) throws(DeliveryError)
}
