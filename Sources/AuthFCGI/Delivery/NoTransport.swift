/// What delivers nothing: messages wait until they are too old to be of use.
struct NoTransport: TextTransport, MailTransport {
    func deliver(_ message: TextMessage) throws(DeliveryError) {
        throw DeliveryError(reason: "sms.transport is off")
    }

    func deliver(_ message: MailMessage) throws(DeliveryError) {
        throw DeliveryError(reason: "mail.transport is off")
    }
}
