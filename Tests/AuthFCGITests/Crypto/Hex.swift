import AuthDomain
import Testing

/// The octets of a vector, written in lower-case hexadecimal with spaces where they help the eye.
func octets(hex: String) throws -> [UInt8] {
    try #require(Hexadecimal.octets(hex.filter { $0 != " " }))
}
