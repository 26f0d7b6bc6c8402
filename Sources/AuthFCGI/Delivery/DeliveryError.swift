/// Why a message could not be delivered.
struct DeliveryError: Error, Equatable {
    /// What went wrong, for the log: it holds nothing of the message.
    let reason: String
    /// Whether it will be no better next time.
    var isPermanent = false
    /// How long the other side wants to be left alone; nil when it does not say.
    var retryAfter: Duration?
}
