/// One thing that the service does for its clients. It knows values and ports: no bytes, no SQL, no statuses.
package protocol UseCase: SendableMetatype {
    associatedtype Input
    associatedtype Output

    /// By which reasons it may refuse. Whatever else it threw would be in no description of the service.
    static var refusals: Set<AuthError.Reason> { get }

    /// Does it, whole or not at all.
    static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) -> Output
}

/// The circumstances of a call.
package struct CallContext: Sendable {
    package let now: Timestamp
    package let realm: Realm
    package let policy: Policy

    package init(now: Timestamp, realm: Realm, policy: Policy) {
        self.now = now
        self.realm = realm
        self.policy = policy
    }
}
