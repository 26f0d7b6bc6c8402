/// Where the answer to a request goes.
struct Recipient: Sendable {
    let connection: Int32
    /// Which request of the connection it is.
    let requestID: UInt16
    /// Whether the connection serves another request then.
    let stays: Bool
}
