/// What a captain drives.
package struct Vehicle: Hashable, Sendable {
    /// The kinds that there are.
    package enum Kind: String, CaseIterable, Sendable {
        case car, bike, auto
    }

    package let color: DisplayName
    package let plate: DisplayName
    /// Seats for passengers.
    package let capacity: Int
    package let kind: Kind

    package init(color: DisplayName, plate: DisplayName, capacity: Int, kind: Kind) {
        self.color = color
        self.plate = plate
        self.capacity = capacity
        self.kind = kind
    }
}
