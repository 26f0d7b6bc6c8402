/// What a `Cookie` field carries (RFC 6265, 4.2).
struct CookieHeader: Sendable {
    /// The octets of the field.
    let octets: ArraySlice<UInt8>

    /// The values of all cookies of this name, in the order sent.
    func values(of name: String) -> [ArraySlice<UInt8>] {
        var values: [ArraySlice<UInt8>] = []
        let name = Array(name.utf8)
        var start = octets.startIndex
        while start < octets.endIndex {
            let end = octets[start...].firstIndex(of: UInt8(ascii: ";")) ?? octets.endIndex
            while start < end, octets[start] == 0x20 || octets[start] == 0x09 { start += 1 }
            let border = start + name.count
            if border < end, octets[border] == UInt8(ascii: "="), octets[start..<border].elementsEqual(name) {
                values.append(octets[(border + 1)..<end])
            }
            start = end + 1
        }
        return values
    }
}
