import AuthDomain
import Glibc

/// The kernel's random source (getentropy(3), by getrandom(2)): waits only while the kernel was never seeded.
struct SystemRandom: RandomSource, Sendable {
    func octets(_ count: Int) throws(AuthError) -> [UInt8] {
        guard count >= 0 else { throw .unavailable }
        var octets = [UInt8](repeating: 0, count: count)
        let isFilled = unsafe octets.withUnsafeMutableBytes { octets in
            // All or nothing, never interrupted, at most 256 octets a call.
            stride(from: 0, to: count, by: 256).allSatisfy { start in
                let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: octets.dropFirst(start).prefix(256))
                guard let address = piece.baseAddress else { return false }
                return unsafe getentropy(address, piece.count) == 0
            }
        }
        guard isFilled else { throw .unavailable }
        return octets
    }

    func code(digits: Int) throws(AuthError) -> OneTimeCode {
        var text = ""
        while text.utf8.count < digits {
            // Of 256 values the first 250 fall evenly on ten digits; the others are drawn again.
            for octet in try octets(digits) where octet < 250 && text.utf8.count < digits {
                text.append(String(octet % 10))
            }
        }
        guard let code = OneTimeCode(text) else { throw .unavailable }
        return code
    }
}
