import AuthDomain

extension LoginSession {
    /// The session's name for its owner, for logs and for whoever the web server passes it to: the first 12 octets of its
    /// digest in hexadecimal digits, enough to tell sessions apart. It opens nothing.
    var publicID: String { Hexadecimal.text(digest.octets.prefix(12)) }
}
