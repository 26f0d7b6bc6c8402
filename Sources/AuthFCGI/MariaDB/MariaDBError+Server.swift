import CMariaDB

extension MariaDBError {
    /// An error as the server or the client library tells it, judged by its number.
    init(code: UInt32, serverMessage: String) {
        let key = code == 1062 || code == 1586 ? Self.lastQuoted(in: serverMessage) : nil
        let kind = key.map { .duplicateKey(name: $0) } ?? Self.kind(of: code)
        let message = key.map { "duplicate entry for key '\($0)'" } ?? Self.withoutValues(serverMessage, code: code)
        self.init(kind, code: code, message)
    }

    /// The same error, judged otherwise.
    func judged(_ kind: Kind) -> MariaDBError {
        MariaDBError(kind, code: code, message)
    }

    /// Whether the statement certainly had no effect: it could not be sent, or a server that takes no writes refused it.
    var hadNoEffect: Bool {
        code == UInt32(CR_SERVER_GONE_ERROR) || isReadOnlyServer
    }

    /// Whether the server lives but takes no writes: read-only after a failover, or not part of its cluster.
    var isReadOnlyServer: Bool {
        code == 1290 || code == 1836 || code == 1047
    }

    /// Whether the client library says so, not the server.
    var isOfClient: Bool {
        (2_000..<3_000).contains(code) || (5_000..<6_000).contains(code)
    }

    private static func kind(of code: UInt32) -> Kind {
        switch code {
        // Deadlock, lock wait, changed since read, interrupted.
        case 1213, 1205, 1020, 1317: .retryable
        // Read-only or outside its cluster; shutting down, killed, network, idle too long.
        case 1290, 1836, 1047, 1053, 1927, 1158, 1159, 1160, 1161, 4031: .lost
        // Gone, lost, out of step, TLS broken, malformed packet, read or write failed.
        case 2006, 2013, 2055, 2014, 2026, 2027, 5013, 5014: .lost
        // The statement's time is over.
        case 1969, 3024: .timeout
        default: .other
        }
    }

    /// Messages of the client library and those that quote names only are kept; from others everything between the
    /// first and the last quotation mark goes, since it may be a value.
    private static func withoutValues(_ message: String, code: UInt32) -> String {
        switch code {
        case 2000...2999, 5000...5999: return message
        case 1044, 1045, 1048, 1049, 1050, 1051, 1054, 1060, 1061, 1064, 1091, 1130, 1142, 1143, 1146, 1264, 1305, 1364,
            1406, 1451, 1452, 1698:
            return message
        default:
            guard let first = message.utf8.firstIndex(of: UInt8(ascii: "'")),
                let last = message.utf8.lastIndex(of: UInt8(ascii: "'")), first < last
            else { return message }
            return message[...first] + "…" + message[last...]
        }
    }

    /// The name in the last pair of quotation marks; the key's in a duplicate-key message, where the value comes first.
    private static func lastQuoted(in message: String) -> String? {
        let quote = UInt8(ascii: "'")
        guard let end = message.utf8.lastIndex(of: quote),
            let start = message.utf8[..<end].lastIndex(of: quote)
        else { return nil }
        return String(message[message.utf8.index(after: start)..<end])
    }
}
