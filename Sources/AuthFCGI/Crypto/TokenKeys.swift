import AuthDomain

/// The keys of tokens, several at once: each checks what it signed, by its own algorithm only.
struct TokenKeys: Sendable {
    /// The key that signs what is new.
    let signing: TokenKey
    /// All keys, in the order of the file.
    let all: [TokenKey]

    /// What stands before a seed.
    private static let seedMark: Substring = "ed25519"

    /// The keys of a file: a line is `id:base64` for HS256 (32 octets or more), or `id:ed25519:base64` for EdDSA (a seed
    /// of 32 octets). The first that is for `algorithm` signs; one at least must be.
    static func parse(_ text: String, algorithm: TokenAlgorithm) throws(KeyRingError) -> TokenKeys {
        var keys: [TokenKey] = []
        for line in try KeyFile.lines(of: text) {
            guard let field = line.fields.last else { throw .malformed(line: line.number) }
            var octets = try line.octets(field)
            defer { octets.wipe() }
            let isSeed = line.fields.count == 2 && line.fields.first == seedMark
            guard isSeed || line.fields.count == 1 else { throw .malformed(line: line.number) }
            guard isSeed ? octets.count == Ed25519Key.seedLength : octets.count >= KeyRing.shortest else {
                throw .badLength(line: line.number)
            }
            do throws(CryptoError) {
                let material: TokenKey.Material =
                    isSeed
                    ? .edDSA(try Ed25519Key(seed: octets))
                    : .hs256(try HMACSHA256(key: try SecretOctets(copying: octets)))
                keys.append(TokenKey(id: line.id, material: material))
            } catch {
                throw .unavailable
            }
        }
        guard let signing = keys.first(where: { $0.algorithm == algorithm }) else { throw .noneSigns(algorithm) }
        return TokenKeys(signing: signing, all: keys)
    }

    /// A new line for a file of keys, without its end.
    static func freshLine(
        id: String, algorithm: TokenAlgorithm, random: any RandomSource
    ) throws(KeyRingError) -> String {
        switch algorithm {
        case .hs256: try KeyRing.freshLine(id: id, random: random)
        case .edDSA: try KeyRing.freshLine(id: id, mark: seedMark, octets: Ed25519Key.seedLength, random: random)
        }
    }

    /// The key whose tokens begin with these octets.
    func key(header: ArraySlice<UInt8>) -> TokenKey? {
        all.first { $0.headerOctets.span.isSame(as: header.span) }
    }

    /// The public keys as a JWK set (RFC 7517, 5; RFC 8037, 2), for those who check tokens elsewhere. A key of HS256 is
    /// a secret and never part of it.
    var publicKeySet: JSONValue {
        let keys: [JSONValue] = all.compactMap { key in
            switch key.material {
            case .hs256: nil
            case .edDSA(let pair):
                [
                    "kty": "OKP", "crv": "Ed25519", "x": .string(Base64URL.encode(pair.publicKey)),
                    "kid": .string(key.id), "alg": .string(key.algorithm.rawValue), "use": "sig",
                ]
            }
        }
        return ["keys": .array(keys)]
    }
}
