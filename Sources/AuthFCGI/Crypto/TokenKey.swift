/// A key that signs tokens, by the one algorithm it is for.
struct TokenKey: Sendable {
    /// What a key is made of.
    enum Material: Sendable {
        case hs256(HMACSHA256)
        case edDSA(Ed25519Key)

        /// The one algorithm that it is for.
        var algorithm: TokenAlgorithm {
            switch self {
            case .hs256: .hs256
            case .edDSA: .edDSA
            }
        }
    }

    /// Its name, `kid` in the tokens' header.
    let id: String
    /// What it is made of.
    let material: Material
    /// The first part of every token that it signs, its members in alphabetical order; no token with any other is this
    /// key's.
    let header: String
    /// The same in UTF-8.
    let headerOctets: [UInt8]

    init(id: String, material: Material) {
        self.id = id
        self.material = material
        let header: JSONValue = ["alg": .string(material.algorithm.rawValue), "kid": .string(id), "typ": "JWT"]
        self.header = Base64URL.encode(header.octets)
        headerOctets = Array(self.header.utf8)
    }

    /// The one algorithm that it signs by.
    var algorithm: TokenAlgorithm { material.algorithm }

    /// The signature of what stands before the second dot (RFC 7515, 5.1).
    func signature(of input: [UInt8]) throws(CryptoError) -> [UInt8] {
        switch material {
        case .hs256(let mac): try mac.tag(of: input)
        case .edDSA(let key): try key.signature(of: input)
        }
    }
}
