/// What a one-time code proves; a code of one purpose is none for another.
package enum Purpose: String, Sendable {
    /// That a phone number belongs to who registers with it.
    case registration
}
