import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct CrossSiteTests {
    let site = RoutingSite()

    /// Origin, `Sec-Fetch-Site`, and whether a request with a cookie may change something.
    static let matrix: [(origin: String?, fetchSite: String?, isAllowed: Bool)] = [
        (nil, nil, true), (nil, "same-origin", true), (nil, "none", true), (nil, "cross-site", false),
        ("https://auth.example", nil, true), ("https://auth.example", "same-origin", true),
        ("https://auth.example", "cross-site", false), ("https://app.example", nil, true),
        ("https://app.example", "cross-site", true), ("https://app.example", "same-site", true),
        ("https://evil.example", nil, false), ("https://evil.example", "same-origin", false),
        ("https://evil.example", "none", false), ("null", nil, false), ("null", "cross-site", false), ("", nil, false),
        ("https://auth.example.evil.example", nil, false), ("https://auth.example:444", nil, false),
        ("https://auth.example, https://evil.example", nil, false), ("HTTPS://AUTH.EXAMPLE", nil, false),
    ]

    private func parameters(_ origin: String?, _ fetchSite: String?) -> [(String, String)] {
        [origin.map { ("HTTP_ORIGIN", $0) }, fetchSite.map { ("HTTP_SEC_FETCH_SITE", $0) }].compactMap(\.self)
    }

    @Test(arguments: matrix)
    func `what changes something by a cookie comes from the site`(
        origin: String?, fetchSite: String?, isAllowed: Bool
    ) throws {
        let parameters = parameters(origin, fetchSite)
        let cookie = ("HTTP_COOKIE", "trial.session=whatever")
        #expect(try site.send("POST", "/t/bare", parameters + [cookie]).status == (isAllowed ? 200 : 403))
        #expect(try site.send("GET", "/t/leave", parameters + [cookie]).status == (isAllowed ? 200 : 403))
        // Nothing is changed, or no cookie of the API is sent.
        #expect(try site.send("GET", "/t/read", parameters + [cookie]).status == 200)
        #expect(try site.send("POST", "/t/bare", parameters + [("HTTP_COOKIE", "other=1")]).status == 200)
        #expect(try site.send("POST", "/t/bare", parameters).status == 200)
    }

    @Test(arguments: ["prefetch", "prefetch;prerender"])
    func `what a browser fetches in advance changes nothing`(purpose: String) throws {
        let parameters = [("HTTP_COOKIE", "trial.session=whatever"), ("HTTP_SEC_PURPOSE", purpose)]
        #expect(try site.send("GET", "/t/leave", parameters).status == 403)
        #expect(try site.send("GET", "/t/read", parameters).status == 200)
    }

    @Test func `the host that was asked is the site too`() throws {
        let cookie = ("HTTP_COOKIE", "trial.session=x")
        var site = site
        site.site.publicOrigin = nil
        #expect(try site.send("POST", "/t/bare", [cookie, ("HTTP_ORIGIN", "http://auth.example")]).status == 200)
        #expect(try site.send("POST", "/t/bare", [cookie, ("HTTP_ORIGIN", "https://auth.example")]).status == 403)
        let secure = [cookie, ("HTTP_ORIGIN", "https://auth.example"), ("HTTPS", "on")]
        #expect(try site.send("POST", "/t/bare", secure).status == 200)
    }

    @Test func `of two cookies that name two sessions neither is meant`() throws {
        let (one, two) = (try site.cookie(1), try site.cookie(2))
        let (name, again) = (one.0, try site.cookie(1))
        let first = Hexadecimal.text(Array(repeating: 1, count: 32))
        #expect(try site.send("GET", "/t/session", [one]).body == first)
        #expect(try site.send("GET", "/t/session", [(name, "\(one.1); \(two.1)")]).body == "none")
        #expect(try site.send("GET", "/t/session", [one, two]).body == "none")
        #expect(try site.send("GET", "/t/session", [(name, "\(one.1); \(again.1)")]).body == first)
        #expect(try site.send("GET", "/t/session", [(name, "trial.session=rubbish; \(one.1)")]).body == first)
    }

    @Test func `a cookie under an older key is sealed anew, and one under the present key is not`() throws {
        let old = try site.cookie(9)
        #expect(try site.send("GET", "/t/session", [old]).all("Set-Cookie").isEmpty)
        var rotated = site
        rotated.keys = "k2:\(Base64.encode(Array(repeating: 8, count: 32)))\n\(site.keys)"
        let answer = try rotated.send("GET", "/t/session", [old])
        let set = try #require(answer.all("Set-Cookie").first)
        #expect(set.hasPrefix("trial.session=v1.k2."))
        rotated.keys = "k2:\(Base64.encode(Array(repeating: 8, count: 32)))"
        let value = String(set.prefix { $0 != ";" })
        #expect(try rotated.send("GET", "/t/session", [("HTTP_COOKIE", value)]).body == answer.body)
        #expect(try rotated.send("GET", "/t/session", [old]).body == "none")
        #expect(try rotated.send("GET", "/t/session", [old]).all("Set-Cookie").isEmpty)
    }
}
