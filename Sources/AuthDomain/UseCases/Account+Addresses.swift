/// What an account's addresses are good for.
extension Account {
    /// All by which it is known.
    package var identifiers: [AccountIdentifier] {
        [nickname.map { .nickname($0) }, phone.map { .phone($0) }, email.map { .email($0) }].compactMap(\.self)
    }

    /// Whether it is known by one of these that is an address and not proven.
    func hasUnproven(among identifiers: [AccountIdentifier]) -> Bool {
        identifiers.contains { identifier in
            guard let address = identifier.address, self.identifiers.contains(identifier) else { return false }
            return !hasProven(address)
        }
    }

    /// Whether its owner has proven to have the address.
    package func hasProven(_ address: Address) -> Bool { proven.contains(address.identifier.field) }

    /// Whether its password may be set by who gets what is sent to the address, which must be its own: who has an address
    /// that its owner never proved may be a stranger. Who has proven nothing yet is reached by their email, or not at all.
    func mayBeReset(by address: Address) -> Bool { hasProven(address) || proven.isEmpty && address.phone == nil }

    /// Where its owner is told something: by mail before a phone, and by what they have proven before what they have not.
    var addressForNotices: Address? {
        let addresses = [email.map { Address.email($0) }, phone.map { Address.phone($0) }].compactMap(\.self)
        return addresses.first(where: hasProven) ?? addresses.first
    }
}
