import Testing

@testable import AuthFCGI

@Suite struct HTTPRequestTests {
    private func request(_ pairs: (String, String)...) -> HTTPRequest {
        HTTPRequest(
            FastCGIRequest(
                role: .responder, parameters: FastCGIParameters(pairs.map { (name: $0.0, value: $0.1) }),
                body: .whole([])),
            id: "made-here")
    }

    @Test(
        arguments: [
            ("a=1", ["1"]), ("b=2; a=1", ["1"]), ("b=2;a=1", ["1"]), ("a=1; a=2", ["1", "2"]), ("a=", [""]),
            ("a=1 ; b=2", ["1"]), ("b=2; a=1\t", ["1"]), ("a= ", [""]),
            ("a=b=c", ["b=c"]),
            (" \t a=1", ["1"]), ("aa=1; xa=2; A=3", []), ("a", []), ("", []), (";;a=1;;", ["1"]), ("a =1", []),
            ("a=\"1\"", ["\"1\""]),
            ("=1; a=2", ["2"]), ("ä=1; a=é", ["é"]),
        ])
    func `cookies are found by their whole name`(header: String, values: [String]) {
        #expect(request(("HTTP_COOKIE", header)).cookies(named: "a") == values)
    }

    @Test func `several Cookie fields count as one`() {
        let request = request(("HTTP_COOKIE", "a=1"), ("HTTP_COOKIE", "b=2; a=3"))
        #expect(request.cookies(named: "a") == ["1", "3"])
        #expect(request.ambiguousParameter == nil)
    }

    @Test func `more cookies of one name than a browser would have count as none`() {
        let cookies = ["a=1; b=2; a=3", "a=4; a=5; b=6"]
        #expect(request(("HTTP_COOKIE", cookies[0]), ("HTTP_COOKIE", cookies[1])).cookies(named: "a").count == 4)
        let more = request(("HTTP_COOKIE", cookies[0]), ("HTTP_COOKIE", cookies[1] + "; a=7"))
        #expect(more.cookies(named: "a").isEmpty && more.cookies(named: "b") == ["2", "6"])
        #expect(request(("HTTP_COOKIE", "a=1; a=1; a=1; a=1; a=1")).cookies(named: "a").isEmpty)
    }

    @Test(
        arguments: [
            "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_HOST", "HTTP_ORIGIN",
            "HTTP_AUTHORIZATION", "HTTP_SEC_FETCH_SITE", "HTTPS", "REQUEST_SCHEME", "REMOTE_ADDR", "AUTH_TENANT",
            "HTTP_X_FORWARDED_FOR",
        ])
    func `a parameter that security hangs on must not come twice`(name: String) {
        #expect(request((name, "a"), (name, "a")).ambiguousParameter == name)
        #expect(request((name, "a"), ("HTTP_X", "1"), ("HTTP_X", "2")).ambiguousParameter == nil)
    }

    @Test(
        arguments: [
            ("application/json", "application/json"), ("Application/JSON ; charset=utf-8", "application/json"),
            ("", ""),
            ("text/plain; application/json", "text/plain"),
            ("application/json, text/plain", "application/json,text/plain"),
        ])
    func `the media type has no parameters and no case`(header: String, type: String) {
        #expect(request(("CONTENT_TYPE", header)).contentType == type)
    }

    @Test(arguments: ["abcdefgh", "A-Z_0-9-a-z", String(repeating: "x", count: 64)])
    func `the web server's request id is taken`(id: String) {
        #expect(request(("REQUEST_ID", id)).id == id)
    }

    @Test(
        arguments: [
            "", "short", "with space", "line\nbreak", "quote\"quote", "ünicode-id", String(repeating: "x", count: 65),
        ])
    func `an id that is none is replaced`(id: String) {
        #expect(request(("REQUEST_ID", id)).id == "made-here")
    }

    @Test func `a client cannot name the request, the tenant or its own address`() {
        let request = request(
            ("HTTP_REQUEST_ID", "from-a-client"), ("HTTP_X_REQUEST_ID", "from-a-client"), ("HTTP_AUTH_TENANT", "other"),
            ("HTTP_X_FORWARDED_FOR", "10.0.0.1"), ("HTTP_HTTPS", "on"), ("REMOTE_ADDR", "192.0.2.1"))
        #expect(request.id == "made-here")
        #expect(request.tenant == nil)
        #expect(request.remoteAddress == "192.0.2.1")
        #expect(!request.isSecure)
    }

    @Test(arguments: [("411", HTTPMethod.post), ("405", .other)])
    func `a request that was refused for nothing of ours is what it was`(status: String, method: HTTPMethod) {
        let request = request(
            ("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", "/-/refused"), ("REQUEST_URI", "/api/logout?a=b"),
            ("REDIRECT_STATUS", status))
        #expect(request.method == method && request.path == "/api/logout" && request.refusal == nil)
    }

    @Test func `the path is what the web server split, joined again`() {
        #expect(request(("SCRIPT_NAME", "/api"), ("PATH_INFO", "/session")).path == "/api/session")
        #expect(request().path.isEmpty)
    }
}
