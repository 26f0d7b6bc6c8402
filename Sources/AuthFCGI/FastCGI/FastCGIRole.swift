/// What the web server wants of the application (FastCGI 1.0, 6).
enum FastCGIRole: Sendable {
    /// An answer for the client.
    case responder
    /// A yes or no, before the web server answers itself. The request has no body.
    case authorizer
}
