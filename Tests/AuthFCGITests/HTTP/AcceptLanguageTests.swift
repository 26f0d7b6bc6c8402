import AuthDomain
import Testing

@testable import AuthFCGI

/// RFC 9110, 12.4.2 and 12.5.4.
struct AcceptLanguageTests {
    @Test(arguments: [
        ("", []), ("fr", ["fr"]), ("de-AT, en;q=0.5", ["de-at", "en"]), ("en;q=0.5,de;q=0.8, fr", ["fr", "de", "en"]),
        ("en;q=0, fr", ["fr"]), ("*", []), ("*;q=0.1, pt-BR", ["pt-br"]), ("fr;q=2, de;q=x, en;q=1.000", ["en"]),
        ("de, DE, de;q=0.1", ["de"]), ("en\r\nX: y", []), ("../../etc", []), ("a,b,c", []),
        ("de,en,fr,es,pt,ru", ["de", "en", "fr", "es", "pt"]), ("en ; q=0.5 , fr", ["fr", "en"]),
        ("abcdefghi", []), ("en-", []),
    ])
    func `the languages come in the order of their weights`(field: String, tags: [String]) {
        #expect(AcceptLanguage.languages(field).map(\.key) == tags)
    }

    @Test func `a field beyond all measure is not read`() {
        #expect(AcceptLanguage.languages(String(repeating: "en,", count: 1_000)).isEmpty)
    }
}
