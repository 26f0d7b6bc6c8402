import AuthDomain

/// The service's keys, several at once: the first seals, all open. What is used is derived from them, a key a use
/// (HKDF-SHA-256); putting a new line at the head of the file and later removing the last is a rotation.
final class KeyRing: Sendable {
    /// The fewest octets of a key.
    static let shortest = 32

    private let current: (id: String, secret: SecretOctets)
    private let older: [(id: String, secret: SecretOctets)]

    private init(current: (id: String, secret: SecretOctets), older: [(id: String, secret: SecretOctets)]) {
        self.current = current
        self.older = older
    }

    /// The ids in the order of the file.
    var ids: [String] { [current.id] + older.map(\.id) }

    /// The keys of a file: `id:base64` a line, the first seals.
    static func parse(_ text: String) throws(KeyRingError) -> KeyRing {
        var keys: [(id: String, secret: SecretOctets)] = []
        for line in try KeyFile.lines(of: text) {
            guard line.fields.count == 1, let field = line.fields.first else { throw .malformed(line: line.number) }
            var octets = try line.octets(field)
            defer { octets.wipe() }
            guard octets.count >= shortest else { throw .badLength(line: line.number) }
            do throws(CryptoError) {
                keys.append((line.id, try SecretOctets(copying: octets)))
            } catch {
                throw .unavailable
            }
        }
        guard let first = keys.first else { throw .empty }
        return KeyRing(current: first, older: Array(keys.dropFirst()))
    }

    /// A new line for a key file, without its end: `id:base64`, with a mark `id:mark:base64`.
    static func freshLine(
        id: String, mark: Substring? = nil, octets: Int = shortest, random: any RandomSource
    ) throws(KeyRingError) -> String {
        guard KeyFile.isID(id) else { throw .badID(line: 1) }
        do throws(AuthError) {
            return "\(id):\(mark.map { "\($0):" } ?? "")\(Base64.encode(try random.octets(octets)))"
        } catch {
            throw .unavailable
        }
    }

    /// The keys of one use, each made of 32 octets that `make` is given.
    func keys<Key: Sendable>(
        for use: KeyUse, make: (SecretOctets) throws(CryptoError) -> Key
    ) throws(CryptoError) -> KeySet<Key> {
        let info = Array(use.rawValue.utf8)
        var rest: [(id: String, key: Key)] = []
        for (id, secret) in older {
            rest.append((id, try make(try HKDF.derive(from: secret, info: info, count: 32))))
        }
        let first = try make(try HKDF.derive(from: current.secret, info: info, count: 32))
        return KeySet(current: (current.id, first), older: rest)
    }
}
