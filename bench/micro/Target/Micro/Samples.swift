import AuthDomain

/// What the operations work on: texts of the sizes that clients send, keys of its own.
struct Samples {
    let realm: Realm
    let now = Timestamp(microseconds: 1_800_000_000_000_000)
    let session: SessionSecret
    let account: AccountID
    let ring: KeyRing
    let login = Array(#"{"identifier":"user12345@example.com","password":"correct horse battery staple"}"#.utf8)
    let registration = Array(
        #"""
        {"firstName":"Ada","lastName":"L\u00f6velace","nickname":"ada.lovelace","email":"ada@example.com",
         "phone":"+49 151 2345 6789","password":"correct horse \"battery\" staple","language":"de","newsletter":false,
         "addresses":[{"street":"St. James's Square 12","city":"London","code":10115}]}
        """#.utf8)
    let profile: JSONValue = [
        "authenticated": true,
        "user": [
            "id": "65f0c1a2b3c4d5e6f7a8b9c0", "nickname": "ada.lovelace", "email": "ada@example.com",
            "phone": "+4915123456789", "firstName": "Ada", "lastName": "Lovelace", "displayName": "Ada Lovelace",
            "emailVerified": true, "phoneVerified": true,
        ],
        "expiresAt": "2027-01-15T08:00:00.000Z",
    ]

    init?() throws(KeyRingError) {
        guard let realm = Realm("micro"), let session = SessionSecret(octets: Array(0..<32)),
            let account = AccountID(octets: Array(0..<12))
        else { return nil }
        self.realm = realm
        self.session = session
        self.account = account
        ring = try KeyRing.parse("k1:\(Self.key(1))\nk0:\(Self.key(2))")
    }

    /// Tokens signed by an algorithm. Without `remembers`, every check of EdDSA is a whole one.
    func tokens(_ algorithm: TokenAlgorithm) throws -> TokenMint {
        let keys = try TokenKeys.parse("t1:\(Self.key(3))\nt2:ed25519:\(Self.key(4))", algorithm: algorithm)
        return try TokenMint(
            signer: TokenSigner(keys: keys), keys: ring, issuer: "https://bench.example", random: SystemRandom())
    }

    private static func key(_ octet: UInt8) -> String { Base64.encode(Array(repeating: octet, count: 32)) }
}
