import AuthDomain
import Testing

@testable import AuthFCGI

@Suite struct Argon2idTests {
    private static func hasher(memory: Int = 1 << 20, passes: Int = 1) throws -> Argon2idHasher {
        try Argon2idHasher(memory: memory, passes: passes, gate: HashGate(limit: 2, queue: 8))
    }

    /// The reference implementation's test.c, Argon2id, version 19, one lane.
    @Test(arguments: [
        ("password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
        ("password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
        ("password", "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg"),
        ("password", "$argon2id$v=19$m=65536,t=4,p=1$c29tZXNhbHQ$kCXUjmjvc5XMqQedpMTsOv+zyJEf5PhtGiUghW9jFyw"),
        ("differentpassword", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"),
        ("password", "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"),
    ])
    func `published hashes are the published passwords'`(password: String, phc: String) throws {
        let hasher = try Self.hasher()
        #expect(try hasher.verify(Password(password), against: PasswordHash(phc: phc)))
        #expect(try !hasher.verify(Password(password + " "), against: PasswordHash(phc: phc)))
    }

    @Test func `a hash tells its parameters, is salted afresh and is its password's only`() throws {
        let hasher = try Self.hasher(memory: 1 << 20, passes: 2)
        let hash = try hasher.hash(Password("Пароль e\u{301} 123"))
        #expect(hash.phc.hasPrefix("$argon2id$v=19$m=1024,t=2,p=1$"))
        #expect(hash.phc.utf8.count <= 127)
        #expect(try hasher.hash(Password("Пароль e\u{301} 123")) != hash)
        #expect(try hasher.verify(Password("Пароль e\u{301} 123"), against: hash))
        #expect(try !hasher.verify(Password("Пароль \u{E9} 123"), against: hash))
        #expect(try !hasher.verify(Password("Пароль e\u{301} 123 "), against: hash))
        #expect(try !hasher.verify(Password(""), against: hash))
    }

    @Test func `every octet of a long password counts, also behind a NUL`() throws {
        let hasher = try Self.hasher()
        let long = String(repeating: "x", count: 1023)
        let hash = try hasher.hash(Password(long + "a"))
        #expect(try hasher.verify(Password(long + "a"), against: hash))
        #expect(try !hasher.verify(Password(long + "b"), against: hash))
        let withNUL = try hasher.hash(Password("a\0b"))
        #expect(try !hasher.verify(Password("a\0c"), against: withNUL))
        #expect(try !hasher.verify(Password("a"), against: withNUL))
    }

    @Test(arguments: [
        (1024, 1, false), (2048, 1, false), (1024, 2, false), (512, 1, true), (512, 9, true),
    ])
    func `a hash made with less is upgraded, one made with more is not`(memory: Int, passes: Int, upgrade: Bool) throws
    {
        let hash = try Argon2id(memory: memory * 1024, passes: passes).hash([1])
        #expect(try Self.hasher(memory: 1 << 20, passes: 1).needsUpgrade(hash) == upgrade)
        #expect(try Self.hasher(memory: 1 << 20, passes: 10).needsUpgrade(hash))
    }

    @Test(arguments: [
        "", "x", "$argon2id$", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$", "$argon2i$v=19$m=8,t=3,p=1$YWJj$YWJj",
        "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$6$salt$hash",
        "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ])
    func `what is no hash of ours is nobody's password and is to be replaced`(phc: String) throws {
        let hasher = try Self.hasher()
        #expect(try !hasher.verify(Password("password"), against: PasswordHash(phc: phc)))
    }

    @Test func `without an account it takes as long as with one`() throws {
        let hasher = try Self.hasher(memory: 32 << 20, passes: 2)
        let hash = try hasher.hash(Password("right"))
        let clock = ContinuousClock()
        var fastKnown = Duration.seconds(3_600)
        var fastUnknown = fastKnown
        var isAlike = false
        // Until both were measured while nothing else was going on: a hash that is left out never takes half as long as one.
        for _ in 0..<100 where !isAlike {
            fastKnown = min(fastKnown, try clock.measure { _ = try hasher.verify(Password("wrong"), against: hash) })
            fastUnknown = min(fastUnknown, try clock.measure { _ = try hasher.verify(Password("wrong"), against: nil) })
            isAlike = fastUnknown > fastKnown / 2 && fastUnknown < fastKnown * 2
        }
        #expect(isAlike, "\(fastKnown) with an account, \(fastUnknown) without")
        #expect(try !hasher.verify(Password("wrong"), against: nil))
    }

    @Test func `nobody's hash is read as any other, costs as much, is nobody's and another each time`() throws {
        let argon2id = Argon2id(memory: 1 << 20, passes: 3)
        let nobodys = try argon2id.nobodys()
        #expect(Argon2Parameters(nobodys) == Argon2Parameters(try argon2id.hash([1])))
        #expect(nobodys.phc.utf8.count == (try argon2id.hash([1])).phc.utf8.count)
        #expect(try argon2id.nobodys() != nobodys)
        #expect(try !Argon2id.isHash(nobodys, of: [0]))
    }

    @Test(arguments: [(1024, 1), (1 << 20, 0), (-1, 1), (1 << 20, -1)])
    func `impossible parameters are refused at the start`(memory: Int, passes: Int) {
        #expect(throws: CryptoError.self) { try Self.hasher(memory: memory, passes: passes) }
    }
}
