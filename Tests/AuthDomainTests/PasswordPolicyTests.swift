import Testing

@testable import AuthDomain

@Suite struct PasswordPolicyTests {
    private func accepts(
        _ text: String, of identifiers: [AccountIdentifier] = [], _ change: (inout PasswordPolicy) -> Void = { _ in }
    )
        -> Bool
    {
        var policy = PasswordPolicy()
        change(&policy)
        return policy.accepts(Password(text), of: identifiers)
    }

    @Test(arguments: [(7, false), (8, true), (256, true), (257, false)])
    func `a password has 8 to 256 characters`(count: Int, isAccepted: Bool) {
        #expect(accepts(String(repeating: "é", count: count)) == isAccepted)
    }

    @Test func `a password has 1,024 octets at most, whatever its characters`() {
        #expect(accepts(String(repeating: "😀", count: 256)))
        #expect(!accepts(String(repeating: "😀", count: 257)) { $0.lengths = 8...2_000 })
        // Scalars are counted, not what is seen as one character.
        #expect(accepts("e" + String(repeating: "\u{301}", count: 7)))
    }

    @Test(
        arguments: [
            ("SecurePass123+", true), ("securepass123+", false), ("SECUREPASS123+", false), ("SecurePassabc+", false),
            ("SecurePass1234", false), ("Ünïcödé-99", true), ("Пароль-1234", true), ("Abcdef1 ", false),
            ("Abcdefg١!", true),
        ])
    func `where every class is wanted, every class must be there`(text: String, isAccepted: Bool) {
        #expect(accepts(text) { $0.classes = Set(PasswordPolicy.Class.allCases) } == isAccepted)
    }

    @Test func `a common password is refused in any case, and only as a whole`() {
        let change: (inout PasswordPolicy) -> Void = { $0.blocklist = ["password1"] }
        #expect(!accepts("PassWord1", change))
        #expect(accepts("PassWord12", change))
        #expect(accepts(" password1", change))
    }

    @Test func `a password that is the account's name is refused`() throws {
        let identifiers: [AccountIdentifier] = [
            .email(try #require(EmailAddress("ada@example.com"))), .phone(try #require(PhoneNumber("+33612345678"))),
            .nickname(try #require(Nickname("Ada.Lovelace"))),
        ]
        for text in ["ADA@example.com", "+33612345678", "ada.lovelace"] { #expect(!accepts(text, of: identifiers)) }
        #expect(accepts("ada.lovelace!", of: identifiers))
    }

    @Test(
        arguments: [
            ("0033612345678", nil), ("+33 6 12-34.56 (78)", nil), (" ada@example.com ", nil), ("612345678", "33"),
            ("ADA@Example.com\n", nil), ("ada.LOVELACE", nil),
        ] as [(String, String?)])
    func `a password that is the account's name is refused however it is written`(text: String, callingCode: String?)
        throws
    {
        let identifiers: [AccountIdentifier] = [
            .email(try #require(EmailAddress("ada@example.com"))), .phone(try #require(PhoneNumber("+33612345678"))),
            .nickname(try #require(Nickname("Ada.Lovelace"))),
        ]
        var policy = Policy()
        policy.callingCode = callingCode
        #expect(!policy.accepts(Password(text), of: identifiers))
        policy.callingCode = "44"
        #expect(policy.accepts(Password("612345678"), of: identifiers))
    }

    @Test(arguments: ["", "a\0bcdefg", "\u{FEFF}1234567", "        "])
    func `a password is taken as it is`(text: String) {
        #expect(Password(text).octets == Array(text.utf8))
        #expect(accepts(text) == (text.unicodeScalars.count >= 8))
    }
}
