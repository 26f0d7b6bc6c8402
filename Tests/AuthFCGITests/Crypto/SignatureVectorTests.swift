import AuthDomain
import Testing

@testable import AuthFCGI

/// RFC 8032, 7.1; RFC 8037, A.4; RFC 7515, A.1.
@Suite struct SignatureVectorTests {
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595b"
                + "be24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb430"
                + "2aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716e"
                + "d28dc027beceea1ec40a"
        ),
    ])
    func `Ed25519 signs as RFC 8032 has it`(seed: String, publicKey: String, message: String, signature: String) throws
    {
        let key = try Ed25519Key(seed: try octets(hex: seed))
        let message = try octets(hex: message)
        let signature = try octets(hex: signature)
        #expect(Hexadecimal.text(key.publicKey) == publicKey)
        #expect(try key.signature(of: message) == signature)
        #expect(key.isSignature(signature, of: message))
        #expect(!key.isSignature(signature, of: message + [0]))
        #expect(!key.isSignature(Array(signature.dropLast()), of: message))
        #expect(!key.isSignature(signature + [0], of: message))
        for bit in 0..<512 {
            var other = signature
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.isSignature(other, of: message))
        }
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a seed of another length is refused`(count: Int) {
        #expect(throws: CryptoError.self) { try Ed25519Key(seed: [UInt8](repeating: 1, count: count)) }
    }

    @Test func `the EdDSA signature of RFC 8037 is ours`() throws {
        let seed = try #require(Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        let key = try Ed25519Key(seed: seed)
        #expect(Base64URL.encode(key.publicKey) == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        let input = Array("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".utf8)
        #expect(
            Base64URL.encode(try key.signature(of: input))
                == "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
    }

    @Test func `the HS256 signature of RFC 7515 is ours`() throws {
        let secret = try #require(
            Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let key = TokenKey(id: "k", material: .hs256(try HMACSHA256(key: try SecretOctets(copying: secret))))
        let input =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        #expect(
            Base64URL.encode(try key.signature(of: Array(input.utf8)))
                == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    }
}
