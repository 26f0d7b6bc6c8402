import AuthDomain
import Testing

@testable import AuthFCGI

/// McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B: the cases with keys of 256 and nonces of 96 bits.
@Suite struct AES256GCMTests {
    struct Case: Sendable {
        let key, nonce, context, plain, sealed: String
    }

    static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    static let plain =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
        + "ba637b39"
    static let cipher =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0a"
        + "bcc9f662"

    static let cases = [
        Case(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), context: "", plain: "",
            sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
        Case(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), context: "",
            plain: String(repeating: "00", count: 16),
            sealed: "cea7403d4d606b6e074ec5d3baf39d18 d0d1c8a799996bf0265b98b5d48ab919"),
        Case(
            key: key, nonce: "cafebabefacedbaddecaf888", context: "", plain: plain + "1aafd255",
            sealed: cipher + "898015ad b094dac5d93471bdec1a502270e3cc6c"),
        Case(
            key: key, nonce: "cafebabefacedbaddecaf888", context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            plain: plain, sealed: cipher + "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test(arguments: cases)
    func `AES-256-GCM seals and opens as published`(vector: Case) throws {
        let cipher = try AES256GCM(key: try SecretOctets(copying: try octets(hex: vector.key)))
        let nonce = try octets(hex: vector.nonce)
        let context = try octets(hex: vector.context)
        let sealed = try octets(hex: vector.sealed)
        let plain = try octets(hex: vector.plain)
        #expect(try cipher.seal(plain, nonce: nonce, authenticating: context) == sealed)
        #expect(cipher.open(sealed[...], nonce: nonce[...], authenticating: context) == plain)
        for bit in 0..<(sealed.count * 8) {
            var other = sealed
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(cipher.open(other[...], nonce: nonce[...], authenticating: context) == nil)
        }
        for length in 0..<sealed.count {
            #expect(cipher.open(sealed.prefix(length), nonce: nonce[...], authenticating: context) == nil)
        }
        #expect(cipher.open(sealed[...], nonce: nonce[...], authenticating: context + [0]) == nil)
    }

    @Test(arguments: [0, 8, 11, 13, 16])
    func `a nonce of another length is refused`(length: Int) throws {
        let cipher = try AES256GCM(key: try SecretOctets(copying: [UInt8](repeating: 1, count: 32)))
        let nonce = [UInt8](repeating: 0, count: length)
        #expect(throws: CryptoError.self) { try cipher.seal([1], nonce: nonce, authenticating: []) }
        #expect(cipher.open([UInt8](repeating: 0, count: 17)[...], nonce: nonce[...], authenticating: []) == nil)
    }

    @Test(arguments: [0, 16, 24, 31, 33, 64])
    func `a key of another length is refused`(length: Int) {
        #expect(throws: CryptoError.self) {
            try AES256GCM(key: try SecretOctets(copying: [UInt8](repeating: 1, count: length)))
        }
    }
}
