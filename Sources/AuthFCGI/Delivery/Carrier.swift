import AuthDomain
import Glibc

/// Carries messages to those they are for, one at a time, and writes down what came of each. It belongs to one thread.
struct Carrier {
    let queue: OutboxQueue
    let sealer: PayloadSealer
    let texts: any TextTransport
    let mails: any MailTransport
    let wording: Wording
    let clock: () -> Timestamp
    let report: (DeliveryEvent) -> Void

    /// The longest that one delivery may take.
    static let longestDelivery: Duration = .seconds(20)

    /// Delivers a leased message, if there is still time to. What cannot be delivered now is tried again, ever more
    /// seldom, until it is too old to be of use.
    func carry(_ item: OutboxQueue.Item) {
        let now = clock()
        // Of a process that slept on its lease, another courier may have the message by now.
        let leastLease = Self.longestDelivery + Transfer.longestAnswer
        guard item.leaseEnds.since(now) > leastLease, item.expires > now else { return }
        guard let payload = sealer.open(item.payload, context: Array(item.realm.utf8)) else {
            // Another courier may have the key: one of a host, or of a moment, at which the new key is known already.
            return postpone(item, DeliveryError(reason: "no key that is known here opens it"))
        }
        guard let message = OutgoingMessage(payload) else {
            return abandon(item, because: "what was sealed is no message")
        }
        if message.isForNobody {
            return record(item) { now throws(AuthError) in try queue.discard(item, at: now) }
        }
        do throws(DeliveryError) {
            try send(message, item, within: min(item.expires.since(now), Self.longestDelivery))
        } catch {
            if error.isPermanent { return abandon(item, because: error.reason) }
            return postpone(item, error)
        }
        queue.note(item)
        record(item) { now throws(AuthError) in try queue.finish(item, at: now) }
        report(.delivered(id: item.id, attempts: item.attempts, recipient: message.address))
    }

    private func abandon(_ item: OutboxQueue.Item, because reason: String) {
        record(item) { now throws(AuthError) in try queue.abandon(item, because: reason, at: now) }
        report(.abandoned(id: item.id, reason: reason))
    }

    private func postpone(_ item: OutboxQueue.Item, _ error: DeliveryError) {
        let pause = max(Self.pause(after: item.attempts), error.retryAfter ?? .zero)
        record(item) { now throws(AuthError) in
            try queue.postpone(item, until: now + pause, because: error.reason)
        }
        report(.postponed(id: item.id, attempts: item.attempts, reason: error.reason))
    }

    /// Writes down what came of a message, while the lease lasts: a message that was sent while the database was away
    /// shall not be sent again.
    private func record(_ item: OutboxQueue.Item, _ write: (Timestamp) throws(AuthError) -> Void) {
        repeat {
            do throws(AuthError) {
                return try write(clock())
            } catch {
                usleep(200_000)
            }
        } while clock() < item.leaseEnds
    }

    private func send(
        _ message: OutgoingMessage, _ item: OutboxQueue.Item, within limit: Duration
    ) throws(DeliveryError) {
        let realm = item.realm
        switch message.address {
        case .phone(let phone):
            let text = wording.text(of: message.content, in: message.languages, realm: realm)
            try texts.deliver(
                TextMessage(recipient: phone.key, body: text, created: item.created, id: item.id, limit: limit))
        case .email(let email):
            let words = wording.words(of: message.content, in: message.languages, realm: realm)
            try mails.deliver(
                MailMessage(recipient: email, words: words, created: item.created, id: item.id, limit: limit))
        }
    }

    /// One second after the first failure, twice as long after each further one, half a minute at most; up to a
    /// quarter more, so that what failed together does not come again together.
    static func pause(after attempts: Int64) -> Duration {
        .milliseconds(min(30, 1 << min(max(attempts - 1, 0), 5)) * Int64.random(in: 1_000...1_250))
    }
}
