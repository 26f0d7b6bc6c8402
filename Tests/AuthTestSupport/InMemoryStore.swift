package import AuthDomain
import Synchronization

/// The state behind the in-memory doubles: what the tables are to the real stores, with one lock around it.
package final class InMemoryStore: Sendable {
    struct AccountRow {
        var account: Account
        let realm: Realm
        var password: PasswordHash
        var isLocked = false
        var withheld: Set<Field> = []
    }

    struct PendingRow {
        let account: NewAccount
        let address: Address
        let expires: Timestamp
    }

    enum Kind { case registration, login, reset, end }

    struct SessionRow {
        let kind: Kind
        let realm: Realm
        var account: AccountID?
        var address: Address?
        var target: SessionDigest?
        var codeSent: Timestamp
        var isProven = false
        var generation = 0
        var refreshed: Timestamp?
        let created: Timestamp
        var seen: Timestamp
        var expires: Timestamp
        var ended: Timestamp?

        func isLive(in realm: Realm, at now: Timestamp) -> Bool {
            self.realm == realm && ended == nil && expires > now
        }
    }

    struct ChallengeKey: Hashable {
        let realm: Realm
        let purpose: Purpose
        let target: String
    }

    struct ChallengeRow {
        let session: SessionDigest?
        let code: OneTimeCode
        var triesLeft: Int
        let sent: Timestamp
        let expires: Timestamp
        var isUsed = false
        var isWithheld = false
    }

    struct Window {
        var count: Int
        var ends: Timestamp
        /// Events of the windows before this one, or for a range of numbers: whether it had a pause.
        var carried = 0
        /// Codes that were used.
        var used = 0
    }

    struct State {
        var accounts: [AccountRow] = []
        var pending: [PendingRow] = []
        var sessions: [SessionDigest: SessionRow] = [:]
        var challenges: [ChallengeKey: ChallengeRow] = [:]
        var windows: [String: Window] = [:]
        var outbox: [Message] = []
        var touches = 0

        /// How long until the window has something again; zero when it has.
        func wait(_ name: String, _ rate: Rate, at now: Timestamp) -> Duration {
            guard let present = windows[name], present.ends > now else { return rate.count > 0 ? .zero : rate.window }
            return present.count < rate.count ? .zero : present.ends.since(now)
        }

        /// Counts one event, unless the window has as many already: then how long it lasts.
        mutating func reserve(_ name: String, _ rate: Rate, at now: Timestamp) -> Duration? {
            if case let wait = wait(name, rate, at: now), wait > .zero { return wait }
            if let present = windows[name], present.ends > now {
                windows[name]?.count += 1
                return nil
            }
            var carried = 0
            if let growth = rate.growth, let old = windows[name], old.ends > now - growth.longest,
                old.count >= growth.threshold
            {
                carried = old.carried + old.count
            }
            windows[name] = Window(count: 1, ends: now + rate.window(after: carried), carried: carried)
            return nil
        }
    }

    let state = Mutex(State())

    package init() {}

    /// The messages that were put into the outbox, the oldest first.
    package var messages: [Message] { state.withLock { $0.outbox } }

    /// How often it was written down that sessions were used, however many at once.
    package var touches: Int { state.withLock { $0.touches } }

    /// How many accounts there are.
    package var accountCount: Int { state.withLock { $0.accounts.count } }
}
