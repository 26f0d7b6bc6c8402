/// What the service keeps secret, read from the files that the configuration names.
struct Secrets: Sendable {
    let cookies: CookieSealer
    let codes: CodeMAC
    let tokens: TokenMint
    let payloads: PayloadSealer
    /// The public keys of signed tokens (RFC 7517, 5).
    let publicKeys: [UInt8]
    let database: MariaDBSettings

    /// Reads the files. What is wrong with one names the file.
    init(_ configuration: Configuration) throws(StartFailure) {
        let random = SystemRandom()
        let ring = try Self.parsed("cookies.keys_file", configuration.cookies.keys) { text throws(KeyRingError) in
            try KeyRing.parse(text)
        }
        let algorithm = TokenAlgorithm(configuration.tokens.algorithm)
        let tokenKeys = try Self.parsed("tokens.keys_file", configuration.tokens.keys) { text throws(KeyRingError) in
            try TokenKeys.parse(text, algorithm: algorithm)
        }
        let issuer = configuration.tokens.issuer ?? configuration.site.publicURL?.text ?? "authfcgi"
        do throws(CryptoError) {
            cookies = try CookieSealer(keys: ring, random: random)
            codes = try CodeMAC(keys: ring)
            payloads = try PayloadSealer(keys: ring, random: random)
            tokens = try TokenMint(
                signer: TokenSigner(keys: tokenKeys), keys: ring, issuer: issuer, random: random)
        } catch {
            throw StartFailure("the keys cannot be used: \(error)")
        }
        publicKeys = tokenKeys.publicKeySet.octets
        database = try MariaDBSettings(configuration.database)
    }

    /// What a key file holds; what is wrong with it names it.
    private static func parsed<Keys>(
        _ key: String, _ file: Configuration.SecretFile, _ parse: (String) throws(KeyRingError) -> Keys
    ) throws(StartFailure) -> Keys {
        let octets: [UInt8]
        do throws(Configuration.SecretFile.Fault) {
            octets = try file.read(isKeyFile: true)
        } catch {
            throw StartFailure("\(key): \(error)")
        }
        do throws(KeyRingError) {
            return try parse(String(decoding: octets, as: UTF8.self))
        } catch {
            throw StartFailure("\(key): \(file.path): \(error)")
        }
    }
}

extension TokenAlgorithm {
    /// The algorithm as the room knows it.
    init(_ algorithm: Configuration.Tokens.Algorithm) {
        switch algorithm {
        case .hs256: self = .hs256
        case .edDSA: self = .edDSA
        }
    }
}
