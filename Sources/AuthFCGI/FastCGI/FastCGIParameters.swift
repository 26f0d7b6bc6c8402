/// The parameters of a request, as the octets that they came in (name-value pairs, FastCGI 1.0, 3.4): each value is a text
/// only when it is asked for.
struct FastCGIParameters: Sendable {
    private var octets: [UInt8] = []
    /// Where the pairs end that have been found.
    private var found = 0
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
        for (name, value) in pairs {
            let lengths = [name, value].flatMap { text in
                [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: (text.utf8.count | 1 << 31) >> $0) }
            }
            _ = append((lengths + Array(name.utf8) + Array(value.utf8)).span)
        }
    }

    /// Octets of all pairs, found or not.
    var count: Int { octets.count }

    /// Whether the last pair has come to its end.
    var areWhole: Bool { found == octets.count }

    /// Forgets all, and keeps the room for others.
    mutating func removeAll() {
        octets.removeAll(keepingCapacity: true)
        if !further.isEmpty { further.removeAll() }
        (found, present, repeated) = (0, 0, 0)
    }

    /// Adds octets that follow those before, cut anywhere. False for what cannot be parameters: a length beyond the limit,
    /// or a NUL (RFC 3875, 4.1, has none in them), so that a value is the same to whoever reads it.
    mutating func append(_ pairs: Span<UInt8>) -> Bool {
        unsafe pairs.withUnsafeBufferPointer { unsafe octets.append(contentsOf: $0) }
        while found < octets.count {
            var index = found
            guard let name = length(at: &index) else { return true }
            guard name <= FastCGISettings.maxParameters else { return false }
            guard let value = length(at: &index) else { return true }
            guard value <= FastCGISettings.maxParameters else { return false }
            let end = index + name + value
            guard end <= octets.count else { return true }
            guard octets.span.extracting(index..<end).firstIndex(of: 0) == nil else { return false }
            if let parameter = FastCGIParameter(name: octets.span.extracting(index..<index + name)) {
                note(parameter, index + name..<end)
            }
            found = end
        }
        return true
    }

    /// The length that stands at an index, of one octet or of four, and the index after it; nil when it has not come.
    private func length(at index: inout Int) -> Int? {
        guard index < octets.count else { return nil }
        let octet = octets[index]
        guard octet & 0x80 != 0 else {
            index += 1
            return Int(octet)
        }
        guard octets.count - index >= 4 else { return nil }
        defer { index += 4 }
        return octets[index..<index + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7fff_ffff
    }

    /// Notes where a value stands.
    private mutating func note(_ parameter: FastCGIParameter, _ value: Range<Int>) {
        if has(parameter) {
            further.append((parameter, value))
            repeated |= Self.bit(of: parameter)
        } else {
            first[Int(parameter.rawValue)] = value
            present |= Self.bit(of: parameter)
        }
    }

    /// The first value of a parameter, with a `?` for each octet that is not ASCII: none of those that are read has a meaning in
    /// which there are others, and comparing texts of others may take long (`String.hasSameOctets`).
    subscript(parameter: FastCGIParameter) -> String? {
        octets(of: parameter).map { value in
            let isASCII = value.allSatisfy { $0 < 0x80 }
            return String(decoding: isASCII ? value : value.map { $0 < 0x80 ? $0 : 0x3F }[...], as: UTF8.self)
        }
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
