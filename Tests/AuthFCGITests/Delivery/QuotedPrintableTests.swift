import Foundation
import Testing

@testable import AuthFCGI

/// RFC 2045, 6.7.
struct QuotedPrintableTests {
    @Test(arguments: [
        ("a=b", "a=3Db"), ("é", "=C3=A9"), ("end ", "end=20"), ("a b\nc", "a b\r\nc"), ("\t", "=09"), ("", ""),
        ("\r", "=0D"),
    ])
    func `a text is encoded as the standard says`(text: String, encoded: String) {
        #expect(QuotedPrintable.encode(text) == encoded)
    }

    @Test(arguments: [74, 75, 76, 77, 150, 151, 152, 300])
    func `no line is longer than 76 characters`(length: Int) {
        for text in [String(repeating: "a", count: length), String(repeating: "é", count: length)] {
            let lines = QuotedPrintable.encode(text).components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.count <= 76 })
            #expect(lines.dropLast().allSatisfy { $0.hasSuffix("=") })
        }
    }
}
