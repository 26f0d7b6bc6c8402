/// Octets of FastCGI records (FastCGI 1.0, 3.3), as a web server would send them.
enum FastCGIRecords {
    static func record(
        _ kind: UInt8, _ content: [UInt8] = [], id: UInt16 = 1, padding: UInt8 = 0, version: UInt8 = 1
    ) -> [UInt8] {
        let count = UInt16(content.count)
        let header = [
            version, kind, UInt8(id >> 8), UInt8(id & 0xff), UInt8(count >> 8), UInt8(count & 0xff), padding, 0,
        ]
        return header + content + [UInt8](repeating: 0xee, count: Int(padding))
    }

    static func begin(role: UInt8 = 1, id: UInt16 = 1, padding: UInt8 = 0) -> [UInt8] {
        record(1, [0, role, 1, 0, 0, 0, 0, 0], id: id, padding: padding)
    }

    static func pair(_ name: String, _ value: String) -> [UInt8] {
        length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
    }

    static func length(_ count: Int) -> [UInt8] {
        if count < 128 { return [UInt8(count)] }
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: (count | 1 << 31) >> $0) }
    }

    static func request(role: UInt8 = 1, id: UInt16 = 1, padding: UInt8 = 0) -> [UInt8] {
        let parameters = pair("REQUEST_METHOD", "POST") + pair("HTTP_COOKIE", String(repeating: "c", count: 300))
        let head = begin(role: role, id: id, padding: padding) + record(4, parameters, id: id, padding: padding)
        let tail = record(5, [0x7b, 0x7d], id: id, padding: padding) + record(5, id: id)
        return head + record(4, id: id) + (role == 1 ? tail : [])
    }
}
