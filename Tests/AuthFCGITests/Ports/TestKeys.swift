@testable import AuthFCGI

/// Keys that are worth nothing.
enum TestKeys {
    static func ring(_ id: String = "k1") throws -> KeyRing {
        try KeyRing.parse("\(id):\(Base64.encode(Array(repeating: 7, count: 32)))")
    }
}
