import CFastCGI

/// What a record begins with: eight octets (FastCGI 1.0, 3.3).
struct RecordHeader {
    /// What the record is part of, as fastcgi.h numbers it.
    let kind: Int32
    let requestID: UInt16
    /// Octets of content that follow, 65,535 at most.
    let content: Int
    /// Octets behind the content that mean nothing.
    let padding: Int

    /// A header of a record without padding.
    init(_ kind: Int32, of requestID: UInt16, content: Int = 0) {
        self.kind = kind
        self.requestID = requestID
        self.content = content
        padding = 0
    }

    /// The header of these eight octets, the first the highest; nil for another version of the protocol.
    init?(_ octets: UInt64) {
        guard octets >> 56 == UInt64(FCGI_VERSION_1) else { return nil }
        kind = Int32(octets >> 48 & 0xff)
        requestID = UInt16(octets >> 32 & 0xffff)
        content = Int(octets >> 16 & 0xffff)
        padding = Int(octets >> 8 & 0xff)
    }

    /// Its eight octets, the first the highest.
    var octets: UInt64 {
        UInt64(FCGI_VERSION_1) << 56 | UInt64(kind) << 48 | UInt64(requestID) << 32 | UInt64(content) << 16
            | UInt64(padding) << 8
    }
}
