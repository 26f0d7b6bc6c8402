import AuthDomain
import Testing

@testable import AuthFCGI

/// FIPS 180-4 examples, RFC 4231, RFC 5869.
@Suite struct DigestVectorTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `SHA-256 gives the published digests`(text: String, digest: String) throws {
        #expect(Hexadecimal.text(try SHA256.digest(Array(text.utf8))) == digest)
    }

    @Test(arguments: [
        (
            String(repeating: "0b", count: 20), "4869205468657265",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            String(repeating: "aa", count: 131),
            "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b657920466972"
                + "7374", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            String(repeating: "aa", count: 131),
            "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e"
                + "642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e656564732074"
                + "6f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f7269"
                + "74686d2e", "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `HMAC-SHA-256 gives the tags of RFC 4231, and takes nothing else for them`(
        key: String, message: String, tag: String
    ) throws {
        let mac = try HMACSHA256(key: try SecretOctets(copying: try octets(hex: key)))
        let message = try octets(hex: message)
        let tag = try octets(hex: tag)
        #expect(try mac.tag(of: message) == tag)
        #expect(try mac.isTag(tag, of: message))
        #expect(try !mac.isTag(tag, of: message + [0]))
        #expect(try !mac.isTag(Array(tag.dropLast()), of: message))
        for bit in 0..<256 {
            var other = tag
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try !mac.isTag(other, of: message))
        }
    }

    @Test(arguments: [
        (
            String(repeating: "0b", count: 22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        ),
        (
            hexRange(0x00...0x4F), hexRange(0x60...0xAF), hexRange(0xB0...0xFF),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c"
                + "2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
        (
            String(repeating: "0b", count: 22), "", "",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        ),
    ])
    func `HKDF-SHA-256 gives the keys of RFC 5869`(secret: String, salt: String, info: String, key: String) throws {
        let expected = try octets(hex: key)
        let derived = try HKDF.derive(
            from: try SecretOctets(copying: try octets(hex: secret)), salt: try octets(hex: salt),
            info: try octets(hex: info), count: expected.count)
        let octets = unsafe derived.withUnsafeBytes { unsafe Array($0) }
        #expect(octets == expected)
    }

    @Test(arguments: [0, -1, 8161])
    func `HKDF refuses a length that it cannot have`(count: Int) throws {
        let secret = try SecretOctets(copying: [1])
        #expect(throws: CryptoError.self) { try HKDF.derive(from: secret, info: [], count: count) }
        #expect(try HKDF.derive(from: secret, info: [], count: 8160).count == 8160)
    }
}

private func hexRange(_ range: ClosedRange<UInt8>) -> String { Hexadecimal.text(Array(range)) }
