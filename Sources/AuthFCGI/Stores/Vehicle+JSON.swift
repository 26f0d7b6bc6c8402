import AuthDomain

/// A vehicle as the column `attributes` has it.
extension Vehicle {
    /// Reads a stored vehicle; nil when it is none.
    init?(stored text: String) {
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)),
            case .string(let color)? = object["color"], case .string(let plate)? = object["plate"],
            case .number(let capacity)? = object["capacity"], case .string(let kind)? = object["kind"],
            let color = DisplayName(color), let plate = DisplayName(plate), let capacity = Int(capacity),
            let kind = Kind(rawValue: kind)
        else { return nil }
        self.init(color: color, plate: plate, capacity: capacity, kind: kind)
    }

    /// The text that is stored.
    var stored: String {
        let value: JSONValue = [
            "color": .string(color.text), "plate": .string(plate.text), "capacity": .integer(capacity),
            "kind": .string(kind.rawValue),
        ]
        return String(decoding: value.octets, as: UTF8.self)
    }
}
