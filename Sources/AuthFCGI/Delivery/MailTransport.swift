/// A way by which mails leave the house.
protocol MailTransport {
    /// Delivers the mail; when this returns, it is durable on the other side.
    func deliver(_ message: MailMessage) throws(DeliveryError)
}
