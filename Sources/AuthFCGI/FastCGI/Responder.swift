/// What answers the requests of one thread. Answers that need what others need too may come later, all at once.
protocol Responder {
    /// The answer to a request; nil when it comes later, by `next` of this thread's responder or of another's.
    func answer(_ request: FastCGIRequest, to recipient: Recipient) -> FastCGIResponse?

    /// The next answer that was left for later, and can be given now, and where it goes; nil when there is none. The thread
    /// asks whenever it has looked for requests.
    func next() -> (FastCGIResponse, Recipient)?

    /// How long the thread looks for requests at most before it asks for `next`; nil is for ever.
    var patience: Duration? { get }
}
