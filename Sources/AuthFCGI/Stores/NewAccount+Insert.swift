import AuthDomain

extension NewAccount {
    /// Writes the account down, within the connection's transaction. Its address in `proving` counts as proven. What is
    /// withheld has no key: no other account is in its way, and nobody finds it.
    ///
    /// - Returns: the field whose value another account has, if one does: nothing is written then.
    func insert(proving address: Address? = nil, on connection: MariaDBConnection) throws(MariaDBError) -> Field? {
        try Field.violated { () throws(MariaDBError) in
            _ = try connection.execute(
                """
                INSERT INTO account
                  (id, realm, nickname, nickname_typed, phone, phone_typed, phone_verified_at, email, email_typed,
                   email_verified_at, password, first_name, last_name, display_name, attributes, created_at,
                   shadow_since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .account(id), .realm(realm), .key(nickname?.key), .key(nickname?.typed),
                    .key(withheld.contains(.phone) ? nil : phone?.key),
                    .key(phone?.typed), address == phone.map { .phone($0) } && phone != nil ? .time(created) : .null,
                    .key(withheld.contains(.email) ? nil : email?.key), .key(email?.typed),
                    address == email.map { .email($0) } && email != nil ? .time(created) : .null, .key(password.phc),
                    .name(profile.firstName), .name(profile.lastName), .name(profile.displayName),
                    profile.vehicle.map { .text($0.stored) } ?? .null, .time(created),
                    isShadow ? .time(created) : .null,
                ])
        }
    }

    /// Writes the account down as one that waits for the proof of `address`, in place of any that waited for it. A shadow
    /// is over at once: it takes its place and waits for nothing.
    func insertPending(
        _ address: Address, until expires: Timestamp, on connection: MariaDBConnection
    ) throws(MariaDBError) {
        _ = try connection.execute(
            """
            REPLACE INTO pending_account
              (realm, address, id, phone, phone_typed, email, email_typed, password, first_name, last_name,
               display_name, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .realm(realm), .key(address.key), .account(id),
                .key(withheld.contains(.phone) ? nil : phone?.key), .key(phone?.typed),
                .key(withheld.contains(.email) ? nil : email?.key),
                .key(email?.typed), .key(password.phc), .name(profile.firstName), .name(profile.lastName),
                .name(profile.displayName), .time(created), .time(isShadow ? created : expires),
            ])
    }
}
