/// The answer to a request.
struct FastCGIResponse: Sendable {
    /// What a CGI program would have written: header fields with `Status`, an empty line, the content (RFC 3875, 6).
    let octets: [UInt8]
}
