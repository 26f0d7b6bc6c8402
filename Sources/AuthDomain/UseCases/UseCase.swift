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
    /// Where the call comes from; nil when that is not known.
    package let client: ClientAddress?
    /// The languages that whoever calls reads, the best first; empty when it is not known.
    package let languages: [LanguageTag]

    package init(
        now: Timestamp, realm: Realm, policy: Policy, client: ClientAddress? = nil, languages: [LanguageTag] = []
    ) {
        self.now = now
        self.realm = realm
        self.policy = policy
        self.client = client
        self.languages = languages
    }
}
