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

    /// Whether an address that it is known by is taken for its owner's: it is proven, or the email of an owner who has proven
    /// nothing yet. Any other may be a stranger's: its password is not reset by what is sent there, and it gives way to
    /// whoever proves to have it.
    package func owns(_ address: Address) -> Bool { hasProven(address) || proven.isEmpty && address.phone == nil }

    /// Where its owner is told something: by mail before a phone, and by what they have proven before what they have not.
    var addressForNotices: Address? {
        let addresses = [email.map { Address.email($0) }, phone.map { Address.phone($0) }].compactMap(\.self)
        return addresses.first(where: hasProven) ?? addresses.first
    }
}
