import AuthDomain

/// The rotation of keys: who comes with a cookie under an old key goes with one under the present key.
extension Exchange {
    /// The answer with those of the cookies sealed anew that were sealed under a key that seals no more: once everybody
    /// who is logged in has come by, that key can go. Cookies that the answer itself sets stay as they are.
    func renewing(_ cookies: [String], lifetime: Duration, on response: HTTPResponse) throws(AuthError) -> HTTPResponse
    {
        var response = response
        for cookie in cookies {
            let isOld = request.cookies(named: cookie).contains { !sealing.cookies.isCurrent($0) }
            guard isOld, !response.fields.contains(where: { $0.isCookie(cookie) }), let session = session(in: cookie)
            else { continue }
            response = try setting(cookie, to: session, lifetime: lifetime, on: response)
        }
        return response
    }
}

extension HTTPResponse.HeaderField {
    /// Whether the field sets or clears this cookie.
    fileprivate func isCookie(_ cookie: String) -> Bool {
        name == "Set-Cookie" && value.utf8.starts(with: "\(cookie)=".utf8)
    }
}
