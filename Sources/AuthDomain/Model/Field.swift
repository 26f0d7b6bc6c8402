/// What a client may send, by what it means; each API has its own names for them.
package enum Field: Hashable, Sendable {
    case phone, email, nickname, displayName, password, code, login, firstName, lastName
    case color, plate, capacity, vehicleKind, identifiers, grant
}
