import AuthDomain

extension Ride {
    /// Reads the fields of a body one by one and notes each that cannot stay as it is.
    struct Form {
        private let exchange: Exchange
        private(set) var violations: [AuthError.Violation] = []

        init(_ exchange: Exchange) {
            self.exchange = exchange
        }

        /// The value of a text; nil, and noted, when it is absent, empty, or nothing that `parse` takes.
        mutating func value<Value>(_ field: Field, _ parse: (String) -> Value?) -> Value? {
            guard let text = exchange.text(Ride.name(of: field)), !text.isEmpty else {
                return refuse(field, isMissing: true)
            }
            return parse(text) ?? refuse(field)
        }

        /// The value of a text that may be absent or empty: nil then, without a note.
        mutating func optional<Value>(_ field: Field, _ parse: (String) -> Value?) -> Value? {
            guard let text = exchange.text(Ride.name(of: field)), !text.isEmpty else { return nil }
            return parse(text) ?? refuse(field)
        }

        /// A whole number of the range; nil, and noted, when it is absent or another.
        mutating func number(_ field: Field, in range: ClosedRange<Int>) -> Int? {
            guard let number = exchange.integer(Ride.name(of: field)) else { return refuse(field, isMissing: true) }
            return range.contains(number) ? number : refuse(field)
        }

        private mutating func refuse<Value>(_ field: Field, isMissing: Bool = false) -> Value? {
            violations.append(AuthError.Violation(field, isMissing: isMissing))
            return nil
        }
    }
}
