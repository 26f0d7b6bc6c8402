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

    /// Whether these are the octets of another span.
    func isSame(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBytes { octets in
            unsafe other.withUnsafeBytes { others in
                guard let start = octets.baseAddress, let otherStart = others.baseAddress else { return true }
                return unsafe memcmp(start, otherStart, octets.count) == 0
            }
        }
    }

    /// Whether these are the octets of a literal.
    func isSame(as literal: StaticString) -> Bool {
        guard count == literal.utf8CodeUnitCount else { return false }
        return unsafe withUnsafeBytes { octets in
            guard let start = octets.baseAddress else { return true }
            return unsafe memcmp(start, literal.utf8Start, octets.count) == 0
        }
    }

    /// Whether these begin with the octets of another span.
    func hasPrefix(_ other: Span<UInt8>) -> Bool { extracting(first: other.count).isSame(as: other) }

    /// Eight octets as one number, the first the least; it traps where there are no eight.
    func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
}
