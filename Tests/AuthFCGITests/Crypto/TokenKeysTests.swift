import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct TokenKeysTests {
    static let secret = Base64.encode([UInt8](repeating: 5, count: 32))
    static let seed = Base64.encode([UInt8](repeating: 6, count: 32))

    @Test func `the first key of the wanted algorithm signs, all are there`() throws {
        let file = "h:\(Self.secret)\ne:ed25519:\(Self.seed)"
        #expect(try TokenKeys.parse(file, algorithm: .hs256).signing.id == "h")
        #expect(try TokenKeys.parse(file, algorithm: .edDSA).signing.id == "e")
        #expect(try TokenKeys.parse(file, algorithm: .hs256).all.map(\.algorithm) == [.hs256, .edDSA])
    }

    @Test(arguments: [
        ("# none\n", TokenAlgorithm.edDSA, KeyRingError.empty), ("h:\(secret)", .edDSA, .noneSigns(.edDSA)),
        ("e:ed25519:\(seed)", .hs256, .noneSigns(.hs256)),
        ("e:ed25519:AAAA", .edDSA, .badLength(line: 1)), ("h:AAAA", .hs256, .badLength(line: 1)),
        ("e:Ed25519:\(seed)", .edDSA, .malformed(line: 1)), ("e:ed25519:\(seed):", .edDSA, .malformed(line: 1)),
        ("e:ed25519:\(Base64.encode([UInt8](repeating: 6, count: 64)))", .edDSA, .badLength(line: 1)),
        ("h:\(secret)\nh:ed25519:\(seed)", .hs256, .duplicate(line: 2)),
    ])
    func `a bad file is refused`(text: String, algorithm: TokenAlgorithm, error: KeyRingError) {
        #expect(throws: error) { try TokenKeys.parse(text, algorithm: algorithm) }
    }

    @Test(arguments: TokenAlgorithm.allCases)
    func `a fresh line is a key for its algorithm, and no other is like it`(algorithm: TokenAlgorithm) throws {
        let fresh = { try TokenKeys.freshLine(id: "k1", algorithm: algorithm, random: SystemRandom()) }
        let line = try fresh()
        #expect(try TokenKeys.parse(line, algorithm: algorithm).signing.algorithm == algorithm)
        #expect(try fresh() != line)
        let rotated = "\(try TokenKeys.freshLine(id: "k2", algorithm: algorithm, random: SystemRandom()))\n\(line)"
        #expect(try TokenKeys.parse(rotated, algorithm: algorithm).all.map(\.id) == ["k2", "k1"])
    }

    @Test func `who has keys of the other algorithm only is told how to make one`() {
        let complaint = KeyRingError.noneSigns(.edDSA).description
        #expect(complaint == "no key for EdDSA (authfcgi keys generate --algorithm EdDSA makes one)")
    }

    @Test func `the key set has the public keys and no secret`() throws {
        let seed = try #require(Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        let keys = try TokenKeys.parse("h:\(Self.secret)\ne:ed25519:\(Base64.encode(seed))", algorithm: .edDSA)
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
        #expect(
            String(decoding: keys.publicKeySet.octets, as: UTF8.self)
                == #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"e","alg":"EdDSA","use":"sig"}]}"#)
    }
}
