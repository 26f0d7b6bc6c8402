import Testing

@testable import AuthFCGI

@Suite struct HTTPResponseTests {
    private func text(_ response: HTTPResponse, isHead: Bool = false) -> String {
        String(decoding: response.octets(isHead: isHead), as: UTF8.self)
    }

    @Test func `an answer is written as CGI wants it`() {
        let response = HTTPResponse.text(.ok, "ok").adding("X-Request-Id", "abc")
        #expect(
            text(response)
                == "Status: 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-Request-Id: abc\r\nContent-Length: 2\r\n\r\nok"
        )
    }

    @Test func `HEAD is told the length and gets no body`() {
        #expect(text(.text(.ok, "four"), isHead: true).hasSuffix("Content-Length: 4\r\n\r\n"))
    }

    @Test func `204 has neither a length nor a type`() {
        #expect(text(HTTPResponse(.noContent)) == "Status: 204 No Content\r\n\r\n")
    }

    @Test(arguments: ["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\u{1B}[2J", "\u{7F}", "a\tb\n"])
    func `no value can end a field and begin another`(value: String) {
        let response = HTTPResponse(.ok).adding("X-Test", value)
        #expect(response.fields.isEmpty)
        #expect(text(response) == "Status: 200 OK\r\nContent-Length: 0\r\n\r\n")
    }

    @Test func `a problem document says its status and its words`() {
        let response = HTTPResponse.problem(.notFound, "Not \"found\"\n")
        #expect(response.fields.first?.value == "application/problem+json")
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"type":"about:blank","title":"Not Found","status":404,"detail":"Not \"found\"\n"}"#)
    }

    @Test(
        arguments: [
            (CookieAttributes(), false, "c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"),
            (CookieAttributes(), true, "c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"),
            (CookieAttributes(secure: .always), false, "c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"),
            (
                CookieAttributes(secure: .never, sameSite: .strict, domain: "example.org"), true,
                "c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Domain=example.org"
            ),
        ])
    func `a cookie is set with its attributes`(attributes: CookieAttributes, isSecure: Bool, header: String) {
        #expect(attributes.header("c", "v", lifetime: .seconds(60), isSecure: isSecure) == header)
    }
}
