import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct ASCIIDomainTests {
    @Test(
        arguments: [
            ("Ada@Bücher.example", "ada@xn--bcher-kva.example"),
            ("ada@bu\u{308}cher.example", "ada@xn--bcher-kva.example"),
            ("ada@BÜCHER.Example", "ada@xn--bcher-kva.example"), ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
            ("ada@faß.de", "ada@xn--fa-hia.de"), ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ])
    func `an internationalised domain is known by its A-labels`(typed: String, key: String) {
        #expect(EmailAddress(ASCIIDomain.rewritten(typed))?.key == key)
    }

    @Test(
        arguments: [
            "ada", "ada@example.com", "bücher", "ада@example.com", "ada@exa mple.com", "ada@-ü-.example",
            "ada@\0ü.example",
            "ada@",
        ])
    func `what has no A-label form stays as it is`(text: String) {
        #expect(ASCIIDomain.rewritten(text) == text)
    }
}
