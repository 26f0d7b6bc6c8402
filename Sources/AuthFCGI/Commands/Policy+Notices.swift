import AuthDomain

extension Policy {
    /// The same with these notices. Links to end a session begin with the service's own address.
    func notifying(of notices: [Configuration.APIs.Notice], at site: Configuration.WebURL?) -> Policy {
        var policy = self
        policy.notices.kinds = Set(notices.map(Notice.Kind.init))
        let base = site?.text ?? ""
        policy.notices.link = { secret, realm in EndSessionLink(realm: realm.name, secret: secret).url(at: base) }
        return policy
    }
}

extension Notice.Kind {
    /// The notice that the configuration means.
    init(_ notice: Configuration.APIs.Notice) {
        self =
            switch notice {
            case .passwordChanged: .passwordChanged
            case .newDevice: .newDevice
            case .registrationAttempted: .registrationAttempted
            }
    }
}
