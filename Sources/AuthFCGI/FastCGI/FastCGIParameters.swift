/// The parameters of a request, copied once from the connection: the values in one run of octets, each a text only when
/// it is asked for.
struct FastCGIParameters: Sendable {
    private struct Entry: Sendable {
        let parameter: FastCGIParameter
        let value: Range<Int>
    }

    private var octets: [UInt8] = []
    private var entries: [Entry] = []
    /// Which parameters came, and which of them more than once: a bit each, by their raw values.
    private var present: UInt32 = 0
    private var repeated: UInt32 = 0

    /// No parameters.
    init() {}

    /// Parameters in the order sent.
    init(_ pairs: some Sequence<(name: String, value: String)>) {
        for pair in pairs { append(Array("\(pair.name)=\(pair.value)".utf8).span) }
    }

    /// Forgets all, and keeps the room for others.
    mutating func removeAll() {
        octets.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        (present, repeated) = (0, 0)
    }

    /// Adds a parameter after the others: its name, an equals sign, its value. One that nobody reads is left out.
    mutating func append(_ text: Span<UInt8>) {
        let nameEnd = text.firstIndex(of: UInt8(ascii: "=")) ?? text.count
        guard let parameter = FastCGIParameter(name: text.extracting(0..<nameEnd)) else { return }
        let start = octets.count
        let value = text.extracting(droppingFirst: min(nameEnd + 1, text.count))
        unsafe value.withUnsafeBufferPointer { unsafe octets.append(contentsOf: $0) }
        entries.append(Entry(parameter: parameter, value: start..<octets.count))
        repeated |= present & Self.bit(of: parameter)
        present |= Self.bit(of: parameter)
    }

    /// The first value of a parameter.
    subscript(parameter: FastCGIParameter) -> String? {
        octets(of: parameter).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The octets of the first value of a parameter.
    func octets(of parameter: FastCGIParameter) -> ArraySlice<UInt8>? {
        guard has(parameter), let entry = entries.first(where: { $0.parameter == parameter }) else { return nil }
        return octets[entry.value]
    }

    /// The octets of all values of a parameter, in the order sent.
    func all(_ parameter: FastCGIParameter) -> [ArraySlice<UInt8>] {
        guard isRepeated(parameter) else { return octets(of: parameter).map { [$0] } ?? [] }
        return entries.filter { $0.parameter == parameter }.map { octets[$0.value] }
    }

    /// Whether a parameter came, with a value or without.
    func has(_ parameter: FastCGIParameter) -> Bool { present & Self.bit(of: parameter) != 0 }

    /// Whether a parameter came more than once.
    func isRepeated(_ parameter: FastCGIParameter) -> Bool { repeated & Self.bit(of: parameter) != 0 }

    /// Whether any parameter came more than once.
    var hasRepeated: Bool { repeated != 0 }

    private static func bit(of parameter: FastCGIParameter) -> UInt32 { 1 << UInt32(parameter.rawValue) }
}
