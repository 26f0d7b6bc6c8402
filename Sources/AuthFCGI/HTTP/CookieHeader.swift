/// What a `Cookie` field carries (RFC 6265, 4.2).
struct CookieHeader: Sendable {
    /// The octets of the field.
    let octets: ArraySlice<UInt8>

    /// The values of all cookies of this name, in the order sent, without spaces around them.
    func values(of name: String) -> [String] {
        var values: [String] = []
        let field = octets.span
        let wanted = name.utf8.span
        var start = 0
        while start < field.count {
            let end = field.extracting(start...).firstIndex(of: UInt8(ascii: ";")).map { start + $0 } ?? field.count
            while start < end, field[start] == 0x20 || field[start] == 0x09 { start += 1 }
            let border = start + wanted.count
            if border < end, field[border] == UInt8(ascii: "="),
                field.extracting(start..<border).isSame(as: wanted)
            {
                var last = end
                while last > border + 1, field[last - 1] == 0x20 || field[last - 1] == 0x09 { last -= 1 }
                let value = octets.dropFirst(border + 1).prefix(last - border - 1)
                values.append(String(decoding: value, as: UTF8.self))
            }
            start = end + 1
        }
        return values
    }
}
