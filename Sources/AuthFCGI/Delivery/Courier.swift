import AuthDomain

/// Carries messages from the outbox to those they are for. What cannot be delivered stays and is tried again, ever
/// more seldom, until it is too old to be of use.
struct Courier {
    /// What the log is told of a message.
    enum Event {
        case delivered(id: Int64, attempts: Int64, recipient: Address)
        case postponed(id: Int64, attempts: Int64, reason: String)
        /// It will never be delivered.
        case abandoned(id: Int64, reason: String)
        case expired(count: Int)
    }

    let queue: OutboxQueue
    let sealer: PayloadSealer
    let texts: any TextTransport
    let mails: any MailTransport
    let wording: Wording
    let report: (Event) -> Void

    /// Delivers a batch of what is due. When it has to look again: at the next message's time, but no later than in
    /// five seconds, since another host's courier may have died with a lease.
    func deliverDue(clock: () -> Timestamp) throws(AuthError) -> Duration {
        let expired = try queue.expire(at: clock())
        if expired > 0 { report(.expired(count: expired)) }
        for item in try queue.take(at: clock()) { try deliver(item, clock: clock) }
        guard let next = try queue.nextAttempt() else { return Self.longestPause }
        return min(max(next.since(clock()), .zero), Self.longestPause)
    }

    private static let longestPause: Duration = .seconds(5)

    private func deliver(_ item: OutboxQueue.Item, clock: () -> Timestamp) throws(AuthError) {
        guard let payload = sealer.open(item.payload, context: Array(item.realm.utf8)) else {
            // Another courier may have the key: one of a host, or of a moment, at which the new key is known already.
            return try postpone(item, "no key that is known here opens it", clock)
        }
        guard let message = OutgoingMessage(payload) else {
            return try abandon(item, because: "what was sealed is no message", at: clock())
        }
        do throws(DeliveryError) {
            try send(message, item)
        } catch {
            if error.isPermanent { return try abandon(item, because: error.reason, at: clock()) }
            return try postpone(item, error.reason, clock)
        }
        try queue.finish(item, at: clock())
        report(.delivered(id: item.id, attempts: item.attempts, recipient: message.address))
    }

    private func abandon(_ item: OutboxQueue.Item, because reason: String, at now: Timestamp) throws(AuthError) {
        try queue.abandon(item, because: reason, at: now)
        report(.abandoned(id: item.id, reason: reason))
    }

    private func postpone(
        _ item: OutboxQueue.Item, _ reason: String, _ clock: () -> Timestamp
    ) throws(AuthError) {
        try queue.postpone(item, until: clock() + Self.pause(after: item.attempts))
        report(.postponed(id: item.id, attempts: item.attempts, reason: reason))
    }

    private func send(_ message: OutgoingMessage, _ item: OutboxQueue.Item) throws(DeliveryError) {
        switch message.address {
        case .phone(let phone):
            let text = wording.text(of: message.content)
            try texts.deliver(TextMessage(recipient: phone.key, body: text, created: item.created, id: item.id))
        case .email(let email):
            let words = wording.words(of: message.content)
            try mails.deliver(
                MailMessage(
                    recipient: email, subject: words.subject, body: words.body, html: words.html,
                    created: item.created, id: item.id))
        }
    }

    /// One second after the first failure, twice as long after each further one, half a minute at most; up to a
    /// quarter more, so that what failed together does not come again together.
    private static func pause(after attempts: Int64) -> Duration {
        .milliseconds(min(30, 1 << min(max(attempts - 1, 0), 5)) * Int64.random(in: 1_000...1_250))
    }
}
