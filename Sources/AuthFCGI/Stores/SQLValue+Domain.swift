import AuthDomain

/// Domain values as they are stored.
extension SQLValue {
    static func time(_ moment: Timestamp) -> SQLValue { .time(moment.microseconds) }
    static func realm(_ realm: Realm) -> SQLValue { .octets(Array(realm.key.utf8)) }
    static func digest(_ digest: SessionDigest) -> SQLValue { .octets(digest.octets) }
    static func account(_ id: AccountID) -> SQLValue { .octets(id.octets) }

    static func name(_ name: DisplayName?) -> SQLValue { name.map { .text($0.text) } ?? .null }

    /// A key by which a row is found: compared octet by octet.
    static func key(_ text: String) -> SQLValue { .octets(Array(text.utf8)) }

    /// Such a key, or `NULL`.
    static func key(_ text: String?) -> SQLValue { text.map { .octets(Array($0.utf8)) } ?? .null }
}

extension SQLRow {
    /// A moment.
    func moment(_ column: Int) throws(MariaDBError) -> Timestamp {
        Timestamp(microseconds: try time(column))
    }

    /// A value that is stored as a key and as it was typed; nil where the key is `NULL`.
    func typed<Value>(_ column: Int, _ make: (String, String) -> Value) throws(MariaDBError) -> Value? {
        if try isNull(column) { return nil }
        let key = try key(column)
        // Most people type what is compared, and then one text is made for both.
        return make(key, try areSame(column, column + 1) ? key : try self.key(column + 1))
    }
}
