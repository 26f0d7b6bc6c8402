import CSodium

extension Array where Element == UInt8 {
    /// Overwrites the octets and forgets them. Reaches only this copy: call it on an array that nothing else holds.
    mutating func wipe() {
        unsafe withUnsafeMutableBytes { unsafe sodium_memzero($0.baseAddress, $0.count) }
        removeAll()
    }
}
