import Testing

@testable import AuthFCGI

@Suite struct RouterTests {
    let site = RoutingSite()

    @Test func `an endpoint answers with what every answer has`() throws {
        let answer = try site.send("GET", "/t/read")
        #expect((answer.status, answer.body) == (200, "/t/read"))
        #expect(answer.outcome == .answered)
        #expect(answer.route == "/t/read")
        #expect(answer.api == "trial")
        #expect(answer.all("X-Request-Id") == ["an-id"])
        #expect(answer.all("Cache-Control") == ["no-store"])
        #expect(answer.all("X-Content-Type-Options") == ["nosniff"])
    }

    @Test(
        arguments: [
            ("/t/read/", "trial"), ("/t/read/x", "trial"), ("/t/write/../read", "trial"), ("/t", "service"),
            ("/", "service"),
            ("", "service"), ("/t/reading", "service"), ("/T/read", "service"), ("/t/link", "service"),
            ("/t/link/", "service"),
            ("/t/link/a/b", "service"), ("t/read", "service"),
        ])
    func `a path that no endpoint has is a 404 in the words of whose it is`(path: String, api: String) throws {
        let answer = try site.post(path, "{}")
        #expect(answer.status == 404)
        #expect(answer.outcome == .faulted(.notFound))
        #expect(answer.api == api)
        #expect(answer.body.hasPrefix(api == "trial" ? #"{"trial":"# : #"{"type":"about:blank""#))
    }

    @Test(
        arguments: [
            ("POST", "/t/read", "GET, HEAD, OPTIONS"), ("PUT", "/t/read", "GET, HEAD, OPTIONS"),
            ("get", "/t/read", "GET, HEAD, OPTIONS"), ("", "/t/read", "GET, HEAD, OPTIONS"),
            ("GET", "/t/write", "OPTIONS, POST"),
            ("HEAD", "/t/write", "OPTIONS, POST"), ("HEAD", "/t/leave", "GET, OPTIONS"),
            ("POST", "/t/leave", "GET, OPTIONS"),
            ("DELETE", "/t/link/abc", "OPTIONS, POST"),
        ])
    func `another method is a 405 that names the right ones`(method: String, path: String, allowed: String) throws {
        let answer = try site.send(method, path)
        #expect(answer.status == 405)
        #expect(answer.all("Allow") == [allowed])
    }

    @Test func `HEAD is answered where GET is`() throws {
        #expect(try site.send("HEAD", "/t/read").status == 200)
    }

    @Test func `a variable segment is any one segment`() throws {
        for token in ["abc", ":token", "%2F", "a.b-c_d~"] {
            #expect(try site.send("POST", "/t/link/\(token)").body == token)
        }
        #expect(try site.send("POST", "/t/link/é").body == "??")
        #expect(try site.send("POST", "/t/link/abc").route == "/t/link/:token")
    }

    @Test func `OPTIONS names the methods, to other origins nothing else`() throws {
        for origin in [[], [("HTTP_ORIGIN", "https://evil.example")], [("HTTP_ORIGIN", "null")]] {
            let answer = try site.send("OPTIONS", "/t/write", origin)
            #expect(answer.status == 204)
            #expect(answer.all("Allow") == ["OPTIONS, POST"])
            #expect(answer.all("Access-Control-Allow-Origin").isEmpty)
            #expect(answer.all("Access-Control-Expose-Headers").isEmpty)
        }
        #expect(try site.send("OPTIONS", "/t/nothing").status == 404)
    }

    @Test func `an allowed origin is told so`() throws {
        let options = try site.send("OPTIONS", "/t/write", [("HTTP_ORIGIN", "https://app.example")])
        #expect(options.all("Access-Control-Allow-Origin") == ["https://app.example"])
        #expect(options.all("Access-Control-Allow-Credentials") == ["true"])
        #expect(options.all("Access-Control-Allow-Methods") == ["OPTIONS, POST"])
        let answer = try site.send("GET", "/t/read", [("HTTP_ORIGIN", "https://app.example")])
        #expect(answer.all("Access-Control-Allow-Origin") == ["https://app.example"])
        #expect(answer.all("Vary") == ["Origin"])
        #expect(answer.all("Access-Control-Expose-Headers") == ["Retry-After, X-Request-Id"])
        let refused = try site.send("POST", "/t/write", [("HTTP_ORIGIN", "https://app.example")])
        #expect(refused.all("Access-Control-Allow-Origin") == ["https://app.example"])
    }

    @Test(
        arguments: [
            (#"{"name":1}"#, "name must be a string"), (#"{"name":["a"]}"#, "name must be a string"),
            (#"{"name":"a","size":"1"}"#, "size must be a whole number"),
            (#"{"name":"a","size":1.5}"#, "size must be a whole number"),
            (#"{"name":"a","size":99999999999999999999}"#, "size must be a whole number"), ("[]", "Malformed request"),
            ("", "Malformed request"), (#"{"name":"a""#, "Malformed request"),
        ])
    func `a body that is not what the endpoint takes is a 400`(json: String, message: String) throws {
        let answer = try site.post("/t/write", json)
        #expect((answer.status, answer.body) == (400, #"{"trial":"\#(message)"}"#))
    }

    @Test(arguments: ["text/plain", "", "application/x-www-form-urlencoded", "application/json-patch+json"])
    func `a body that is not declared as JSON is a 415`(type: String) throws {
        let answer = try site.send("POST", "/t/write", body: .whole(Array("{}".utf8)), [("CONTENT_TYPE", type)])
        #expect(answer.status == 415)
    }

    @Test func `a body that is too large is a 413, and one that was cut off a 400`() throws {
        #expect(try site.send("POST", "/t/write", body: .tooLarge).status == 413)
        #expect(try site.send("POST", "/t/write", body: .short, [("CONTENT_TYPE", "application/json")]).status == 400)
        #expect(try site.send("POST", "/t/bare", body: .tooLarge).status == 200)
    }

    @Test(
        arguments: [
            ("413", 413, "Request body is too large"), ("404", 404, "Not found"), ("400", 400, "Malformed request"),
            ("431", 400, "Malformed request"), ("501", 400, "Malformed request"), ("503", 500, "Internal server error"),
        ])
    func `what the web server refused by itself is said in the words of whose it is, and nothing is done`(
        status: String, expected: Int, message: String
    ) throws {
        for path in ["/t/write", "/t/read?a=b", "/t/leave"] {
            let answer = try site.send("GET", "/-/refused", [("REDIRECT_STATUS", status), ("REQUEST_URI", path)])
            #expect((answer.status, answer.body) == (expected, #"{"trial":"\#(message)"}"#))
            #expect(answer.all("X-Request-Id") == ["an-id"])
        }
        let elsewhere = try site.send("GET", "/-/refused", [("REDIRECT_STATUS", status), ("REQUEST_URI", "/nothing")])
        #expect((elsewhere.status, elsewhere.api) == (expected, "service"))
    }

    @Test(arguments: ["200", "", "x"])
    func `a status that is no refusal changes nothing`(status: String) throws {
        let answer = try site.send("GET", "/t/read", [("REDIRECT_STATUS", status), ("REQUEST_URI", "/t/write")])
        #expect((answer.status, answer.body) == (200, "/t/read"))
    }

    @Test func `a parameter that came twice is a 400`() throws {
        let answer = try site.post(
            "/t/write", #"{"name":"a"}"#, [("HTTP_ORIGIN", "https://a"), ("HTTP_ORIGIN", "https://b")])
        #expect(answer.outcome == .faulted(.ambiguous(parameter: "HTTP_ORIGIN")))
        #expect(answer.status == 400)
    }

    @Test(arguments: ["a/b", "ä", "../x", String(repeating: "x", count: 65)])
    func `a tenant that is none is the web server's fault`(tenant: String) throws {
        #expect(try site.send("GET", "/t/read", [("AUTH_TENANT", tenant)]).status == 500)
    }

    @Test func `a refusal says when to come again, and how to prove oneself`() throws {
        let busy = try site.send("GET", "/t/busy")
        #expect((busy.status, busy.all("Retry-After")) == (429, ["2"]))
        #expect(try site.send("GET", "/t/token").all("WWW-Authenticate") == ["Bearer"])
        let own = try site.send("GET", "/t/own")
        #expect((own.status, own.body) == (404, #"{"trial":"Nobody"}"#))
        #expect(own.all("WWW-Authenticate").isEmpty)
    }

    @Test(
        arguments: [
            ("Bearer abc", "abc"), ("bearer abc", "abc"), ("BEARER   abc", "abc"), ("Bearer", nil), ("Basic abc", nil),
            ("Bearerabc", nil),
        ])
    func `a bearer token is taken from its scheme`(header: String, token: String?) throws {
        let answer = try site.send("GET", "/t/token", [("HTTP_AUTHORIZATION", header)])
        #expect(answer.status == (token == nil ? 401 : 200))
        if let token { #expect(answer.body == token) }
    }
}
