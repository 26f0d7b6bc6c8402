import Glibc

extension Span where Element == UInt8 {
    /// Where an octet stands first; nil when it is nowhere.
    func firstIndex(of octet: UInt8) -> Int? {
        unsafe withUnsafeBytes { octets in
            guard let start = octets.baseAddress, let found = unsafe memchr(start, Int32(octet), octets.count) else {
                return nil
            }
            return unsafe start.distance(to: UnsafeRawPointer(found))
        }
    }
}
