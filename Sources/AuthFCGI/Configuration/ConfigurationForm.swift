/// How a key's value is written: the way from the file's value to a type that cannot be wrong, and back.
struct ConfigurationForm<Value: Sendable & Equatable>: Sendable {
    let shape: ConfigurationShape
    /// What is accepted, for a person: "an integer from 1 to 64".
    let accepted: String
    /// Whether a refused value may be repeated in a message. URLs and commands may not: people put passwords in them.
    var isRepeatable = true
    let read: @Sendable (ConfigurationValue) throws(ConfigurationFault) -> Value
    let write: @Sendable (Value) -> ConfigurationValue

    /// A form of values that are written as a text. `noun` names the value; `parse` is nil for what is none.
    static func parsed(
        _ noun: String, accepted: String, isRepeatable: Bool = true,
        parse: @escaping @Sendable (String) -> Value?, text: @escaping @Sendable (Value) -> String
    ) -> Self {
        Self(shape: .text, accepted: accepted, isRepeatable: isRepeatable) { raw throws(ConfigurationFault) in
            guard case .text(let written) = raw else { throw .wrongKind }
            guard let value = parse(written) else { throw .malformed(noun) }
            return value
        } write: {
            .text(text($0))
        }
    }

    /// What `form` reads, or an empty text, which is nil.
    static func optional<Wrapped>(_ form: ConfigurationForm<Wrapped>) -> Self where Value == Wrapped? {
        ConfigurationForm<Wrapped?>(
            shape: form.shape, accepted: form.accepted + #", or """#, isRepeatable: form.isRepeatable
        ) { raw throws(ConfigurationFault) -> Wrapped? in
            if raw == .text("") { return nil }
            return try form.read(raw)
        } write: { (value: Wrapped?) in
            value.map(form.write) ?? .text("")
        }
    }

    /// A list of what `form` reads, `count` of them.
    static func list<Element>(
        of form: ConfigurationForm<Element>, _ count: ClosedRange<Int> = 0...256
    ) -> Self where Value == [Element] {
        ConfigurationForm<[Element]>(
            shape: .list, accepted: "a list of texts, each \(form.accepted)", isRepeatable: form.isRepeatable
        ) { raw throws(ConfigurationFault) in
            guard case .list(let elements) = raw else { throw .wrongKind }
            if elements.count < count.lowerBound { throw .tooFew }
            if elements.count > count.upperBound { throw .tooMany }
            var values: [Element] = []
            for (index, element) in elements.enumerated() {
                guard let value = try? form.read(element) else { throw .element(index + 1) }
                values.append(value)
            }
            return values
        } write: {
            .list($0.map(form.write))
        }
    }
}
