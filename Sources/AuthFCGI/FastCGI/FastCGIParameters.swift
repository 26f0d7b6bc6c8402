/// The parameters of a request, copied once from the connection: the values in one run of octets, each a text only when
/// it is asked for.
struct FastCGIParameters: Sendable {
    private var octets: [UInt8] = []
    /// Where the first value of each parameter is, by its raw value; it says something of those that are present.
    private var first = [Range<Int>](repeating: 0..<0, count: FastCGIParameter.allCases.count)
    /// The values of those that came before, in the order sent.
    private var further: [(parameter: FastCGIParameter, value: Range<Int>)] = []
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
        if !further.isEmpty { further.removeAll() }
        (present, repeated) = (0, 0)
    }

    /// Adds a parameter after the others: its name, an equals sign, its value. One that nobody reads is left out.
    mutating func append(_ text: Span<UInt8>) {
        let nameEnd = text.firstIndex(of: UInt8(ascii: "=")) ?? text.count
        guard let parameter = FastCGIParameter(name: text.extracting(0..<nameEnd)) else { return }
        let start = octets.count
        let value = text.extracting(droppingFirst: min(nameEnd + 1, text.count))
        unsafe value.withUnsafeBufferPointer { unsafe octets.append(contentsOf: $0) }
        if has(parameter) {
            further.append((parameter, start..<octets.count))
            repeated |= Self.bit(of: parameter)
        } else {
            first[Int(parameter.rawValue)] = start..<octets.count
            present |= Self.bit(of: parameter)
        }
    }

    /// The first value of a parameter.
    subscript(parameter: FastCGIParameter) -> String? {
        octets(of: parameter).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The octets of the first value of a parameter.
    func octets(of parameter: FastCGIParameter) -> ArraySlice<UInt8>? {
        has(parameter) ? octets[first[Int(parameter.rawValue)]] : nil
    }

    /// The octets of all values of a parameter, in the order sent.
    func all(_ parameter: FastCGIParameter) -> [ArraySlice<UInt8>] {
        guard let first = octets(of: parameter) else { return [] }
        guard isRepeated(parameter) else { return [first] }
        return [first] + further.filter { $0.parameter == parameter }.map { octets[$0.value] }
    }

    /// Whether a parameter came, with a value or without.
    func has(_ parameter: FastCGIParameter) -> Bool { present & Self.bit(of: parameter) != 0 }

    /// Whether a parameter came more than once.
    func isRepeated(_ parameter: FastCGIParameter) -> Bool { repeated & Self.bit(of: parameter) != 0 }

    /// Whether any parameter came more than once.
    var hasRepeated: Bool { repeated != 0 }

    private static func bit(of parameter: FastCGIParameter) -> UInt32 { 1 << UInt32(parameter.rawValue) }
}
