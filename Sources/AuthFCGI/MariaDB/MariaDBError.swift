/// What went wrong between us and the server. Neither it nor its description holds a parameter's value.
struct MariaDBError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    enum Kind: Equatable, Sendable {
        /// The connection is gone, or its server no longer takes writes; what was under way may or may not have happened.
        case lost
        /// The server gave the transaction up for another's sake; it can be repeated whole.
        case retryable
        /// A row with this key is there already.
        case duplicateKey(name: String)
        /// No answer in time; what was under way may or may not have happened.
        case timeout
        /// No server gave us a session.
        case refused
        /// Anything else: a wrong statement or value.
        case other
    }

    /// What a caller can do about it.
    let kind: Kind
    /// The server's or the client library's number; 0 for an error found by this room.
    let code: UInt32
    /// The words, without values.
    let message: String

    /// An error found by this room.
    init(_ kind: Kind, code: UInt32 = 0, _ message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }

    /// The kind, number and words.
    var description: String { "MariaDB \(kind) (\(code)): \(message)" }
}
