/// What an account's owner told about themselves; nothing is decided by it.
package struct Profile: Sendable, Equatable {
    package var firstName: DisplayName?
    package var lastName: DisplayName?
    package var displayName: DisplayName?
    package var vehicle: Vehicle?

    package init(
        firstName: DisplayName? = nil, lastName: DisplayName? = nil, displayName: DisplayName? = nil,
        vehicle: Vehicle? = nil
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.displayName = displayName
        self.vehicle = vehicle
    }
}
