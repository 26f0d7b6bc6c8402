package import AuthDomain
import Synchronization

/// The same unpredictable values each time: the splitmix64 sequence of a seed.
package final class SeededRandom: RandomSource, Sendable {
    private let state: Mutex<UInt64>

    package init(seed: UInt64 = 1) {
        state = Mutex(seed)
    }

    package func octets(_ count: Int) throws(AuthError) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }

    package func code(digits: Int) throws(AuthError) -> OneTimeCode {
        let text = (0..<digits).map { _ in "\(next() % 10)" }.joined()
        guard let code = OneTimeCode(text) else { throw .unavailable }
        return code
    }

    /// The next value of the sequence.
    package func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }
}
