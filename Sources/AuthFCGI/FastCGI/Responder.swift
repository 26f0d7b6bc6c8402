/// What answers the requests of one thread. Answers that need what others need too may come later, all at once.
protocol Responder {
    /// The answer to a request; nil when it comes later, from `catchUp` of this thread's responder or of another's.
    func answer(_ request: FastCGIRequest, to recipient: Recipient) -> FastCGIResponse?

    /// Gives those answers that were left for later and can be given now. The thread calls it whenever it has looked for
    /// requests.
    func catchUp(giving give: (FastCGIResponse, Recipient) -> Void)

    /// How long the thread looks for requests at most before it catches up; nil is for ever.
    var patience: Duration? { get }
}
