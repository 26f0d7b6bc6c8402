import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct SessionSHA256Tests {
    @Test func `a session is found by the SHA-256 of its secret`() throws {
        let secret = try #require(SessionSecret(octets: [UInt8](repeating: 0, count: 32)))
        let digest = try SessionSHA256().digest(secret)
        #expect(
            Hexadecimal.text(digest.octets) == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925")
    }

    @Test func `comparison finds any difference`() {
        #expect(ConstantTime.areEqual([], []))
        #expect(ConstantTime.areEqual([1, 2], [1, 2]))
        #expect(!ConstantTime.areEqual([1, 2], [1, 3]))
        #expect(!ConstantTime.areEqual([1, 2], [0, 2]))
        #expect(!ConstantTime.areEqual([1, 2], [1, 2, 3]))
        #expect(!ConstantTime.areEqual([], [0]))
    }
}
