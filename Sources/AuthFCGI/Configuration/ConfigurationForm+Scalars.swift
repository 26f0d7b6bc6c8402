extension ConfigurationForm where Value == Bool {
    /// `true` or `false`.
    static var boolean: Self {
        Self(shape: .boolean, accepted: "true or false") { raw throws(ConfigurationFault) in
            guard case .boolean(let truth) = raw else { throw .wrongKind }
            return truth
        } write: {
            .boolean($0)
        }
    }
}

extension ConfigurationForm where Value == Int {
    /// An integer within `range`.
    static func integer(_ range: ClosedRange<Int>) -> Self {
        let accepted = "an integer from \(range.lowerBound) to \(range.upperBound)"
        return Self(shape: .integer, accepted: accepted) { raw throws(ConfigurationFault) in
            guard case .integer(let number) = raw else { throw .wrongKind }
            guard range.contains(number) else { throw .outOfRange }
            return number
        } write: {
            .integer($0)
        }
    }

    /// A number of octets within `range`, written "64KiB".
    static func octets(_ range: ClosedRange<Int>) -> Self {
        let (low, high) = (OctetCount.text(range.lowerBound), OctetCount.text(range.upperBound))
        return Self(shape: .text, accepted: #"a size such as "64KiB" (B, KiB, MiB, GiB), from \#(low) to \#(high)"#) {
            raw throws(ConfigurationFault) in
            guard case .text(let text) = raw else { throw .wrongKind }
            guard let count = OctetCount.parse(text) else { throw .malformed("size") }
            guard range.contains(count) else { throw .outOfRange }
            return count
        } write: {
            .text(OctetCount.text($0))
        }
    }
}

extension ConfigurationForm where Value == Duration {
    /// A span of time within `range`, written "15m".
    static func duration(_ range: ClosedRange<Duration>) -> Self {
        let (low, high) = (TimeSpan.text(range.lowerBound), TimeSpan.text(range.upperBound))
        let accepted = #"a duration such as "15m" (ms, s, m, h, d), from \#(low) to \#(high)"#
        return Self(shape: .text, accepted: accepted) { raw throws(ConfigurationFault) in
            guard case .text(let text) = raw else { throw .wrongKind }
            guard let duration = TimeSpan.parse(text) else { throw .malformed("duration") }
            guard range.contains(duration) else { throw .outOfRange }
            return duration
        } write: {
            .text(TimeSpan.text($0))
        }
    }
}

extension ConfigurationForm where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the enumeration's words.
    static var choice: Self {
        let words = Value.allCases.map { #""\#($0.rawValue)""# }.joined(separator: ", ")
        return parsed("known word", accepted: "one of \(words)", parse: { Value(rawValue: $0) }, text: \.rawValue)
    }
}
