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
        let ends: Timestamp
    }

    struct State {
        var accounts: [AccountRow] = []
        var pending: [PendingRow] = []
        var sessions: [SessionDigest: SessionRow] = [:]
        var challenges: [ChallengeKey: ChallengeRow] = [:]
        var windows: [String: Window] = [:]
        var outbox: [Message] = []

        /// Counts one event, unless the window has `limit` already: then how long it lasts.
        mutating func reserve(_ name: String, limit: Int, window: Duration, at now: Timestamp) -> Duration? {
            if let present = windows[name], present.ends > now {
                guard present.count < limit else { return present.ends.since(now) }
                windows[name]?.count += 1
            } else {
                windows[name] = Window(count: 1, ends: now + window)
            }
            return nil
        }
    }

    let state = Mutex(State())

    package init() {}

    /// The messages that were put into the outbox, the oldest first.
    package var messages: [Message] { state.withLock { $0.outbox } }

    /// How many accounts there are.
    package var accountCount: Int { state.withLock { $0.accounts.count } }
}
