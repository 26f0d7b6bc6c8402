import Testing

@testable import AuthFCGI

@Suite struct StringOctetsTests {
    @Test(arguments: [
        ("", "", true), ("name", "name", true), ("name", "named", false), ("name", "nome", false), ("é", "é", true),
        ("é", "e\u{301}", false), ("K", "\u{212A}", false), ("a\u{323}\u{307}", "a\u{307}\u{323}", false),
        ("a name that is no longer small", "a name that is no longer small", true),
    ])
    func `texts are the same only octet by octet`(left: String, right: String, areSame: Bool) {
        #expect(left.hasSameOctets(as: right) == areSame)
    }
}
