import Testing

@testable import AuthFCGI

/// RFC 4648, 10.
@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 is that of RFC 4648`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
        #expect(Base64URL.encode(Array(plain.utf8)) == text.filter { $0 != "=" })
        #expect(Base64URL.decode(text.filter { $0 != "=" }) == Array(plain.utf8))
    }

    @Test func `the alphabets differ in two digits`() {
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
        #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Zm9v=", "Zm9v====", "=", "====", "Zm=9", "Zm 8=", "Zm8=\n",
        "-_-_", "Zm8=Zm8=", "A", "Zm9vé",
    ])
    func `Base64 that is not canonical is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: [
        "A", "Zg==", "Zh", "Zm9", "Zm9vYmF", "+/+/", "Zm8=", " Zm8", "Zm8\n", "Zm?8", "AAAAA", "Z\u{0}", "é",
    ])
    func `Base64url that is not canonical is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `every text of up to three digits that is accepted is what encoding gives`() {
        let digits = (0x20...0x7E as ClosedRange<UInt8>).map { String(UnicodeScalar($0)) }
        var accepted = 0
        for first in digits {
            for second in digits {
                for third in [""] + digits {
                    let text = first + second + third
                    guard let octets = Base64URL.decode(text) else { continue }
                    accepted += 1
                    #expect(Base64URL.encode(octets) == text)
                }
            }
        }
        #expect(accepted == 256 + 65536)
    }
}
