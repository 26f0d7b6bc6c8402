/// The parameters of a request, copied once from the connection: all of them in one run of octets, each a text only when
/// it is asked for.
struct FastCGIParameters: Sendable {
    private struct Pair: Sendable {
        let name: Range<Int>
        /// Two names of different sums are different: most need no closer look.
        let sum: UInt32
        let value: Range<Int>
    }

    private var octets: [UInt8] = []
    private var pairs: [Pair] = []

    /// No parameters, and room for those of a usual request.
    init() {
        octets.reserveCapacity(2048)
        pairs.reserveCapacity(48)
    }

    /// Parameters in the order sent.
    init(_ pairs: some Sequence<(name: String, value: String)>) {
        self.init()
        for pair in pairs { append(name: pair.name.utf8, value: pair.value.utf8) }
    }

    /// Adds a parameter after the others.
    mutating func append(name: some Sequence<UInt8>, value: some Sequence<UInt8>) {
        let start = octets.count
        octets.append(contentsOf: name)
        let border = octets.count
        octets.append(contentsOf: value)
        let sum = Self.sum(of: octets[start..<border])
        pairs.append(Pair(name: start..<border, sum: sum, value: border..<octets.count))
    }

    private static func sum(of name: some Sequence<UInt8>) -> UInt32 {
        name.reduce(0) { $0 &* 31 &+ UInt32($1) }
    }

    /// The first value of this name.
    subscript(name: String) -> String? {
        let sum = Self.sum(of: name.utf8)
        return pairs.first { $0.sum == sum && isNamed(name, $0) }.map(text)
    }

    /// All values of this name, in the order sent.
    func all(_ name: String) -> [String] {
        let sum = Self.sum(of: name.utf8)
        return pairs.lazy.filter { $0.sum == sum && isNamed(name, $0) }.map(text)
    }

    /// Whether this name came more than once.
    func isRepeated(_ name: String) -> Bool {
        let sum = Self.sum(of: name.utf8)
        var count = 0
        for pair in pairs where pair.sum == sum && isNamed(name, pair) { count += 1 }
        return count > 1
    }

    private func isNamed(_ name: String, _ pair: Pair) -> Bool {
        pair.name.count == name.utf8.count && octets[pair.name].elementsEqual(name.utf8)
    }

    private func text(_ pair: Pair) -> String { String(decoding: octets[pair.value], as: UTF8.self) }
}
