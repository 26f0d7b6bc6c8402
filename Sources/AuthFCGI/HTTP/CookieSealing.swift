import AuthDomain

/// Turns what a cookie holds into text that only the service can read or make.
protocol CookieSealing {
    /// The sealed text, bound to the cookie's name and realm.
    func seal(_ octets: [UInt8], cookie: String, realm: Realm) throws(AuthError) -> String

    /// What was sealed; nil for anything that was not sealed for this name and realm.
    func open(_ text: String, cookie: String, realm: Realm) -> [UInt8]?

    /// Whether a sealed text is under the key that seals now; nothing is said about whether it opens.
    func isCurrent(_ text: String) -> Bool
}
