/// What the owners of accounts are told.
extension Services {
    /// The notice of a login from a client that was not logged in as the account before; nil for a client that was, or
    /// that is not known, and for the first login of an account that is new here.
    func loginNotice(
        of session: NewSession, to account: Account, isKnown: Bool, in call: CallContext
    ) throws(AuthError) -> LoginNotice? {
        guard !isKnown, call.client != nil, call.policy.notices.kinds.contains(.newDevice) else { return nil }
        let isNew = account.id.created + call.policy.limits.memory > call.now
        if isNew, try !limits.knowsAny(as: account.id, at: call.now) { return nil }
        let lifetime = min(call.policy.notices.linkLifetime, session.expires.since(call.now))
        let (secret, grant) = try newSession(in: call, lasting: lifetime)
        let link = call.policy.notices.link(secret, call.realm)
        return call.notice(.newDevice, to: account.addressForNotices, link: link).map {
            LoginNotice(grant: grant, message: $0)
        }
    }
}

extension CallContext {
    /// A notice of what the call does; nil when there is nowhere to send it, or the policy does not want it. What it
    /// tells of stands whether or not the day has a message left for it.
    func notice(_ kind: Notice.Kind, to address: Address?, link: String? = nil) -> Message? {
        guard policy.notices.kinds.contains(kind), let address, policy.codes.spend.reaches(address) else { return nil }
        var message = Message(
            realm: realm, address: address,
            content: .notice(Notice(kind: kind, moment: now, client: client?.description, link: link)),
            languages: languages, created: now, expires: now + policy.notices.lifetime)
        message.spend = policy.codes.spend
        return message
    }
}
