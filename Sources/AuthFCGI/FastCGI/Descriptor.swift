import CSystem
import Glibc

/// A file descriptor with one owner, closed when the owner lets go of it.
struct Descriptor: ~Copyable, Sendable {
    /// The number the system knows it by; valid while this value lives.
    let number: Int32

    /// Takes over a descriptor that nobody else closes.
    init(takingOwnershipOf number: Int32) {
        self.number = number
    }

    /// Takes over what a function of `CSystem` answered: a descriptor, or a negated `errno`.
    init(_ result: Int32, from call: StaticString) throws(FastCGIError) {
        if result < 0 { throw .system(call, code: -result) }
        number = result
    }

    deinit {
        close(number)
    }

    /// The same file under a number of at least `least`, closed when a program is executed.
    consuming func raised(to least: Int32) throws(FastCGIError) -> Descriptor {
        try Descriptor(system_duplicate_from(number, least), from: "fcntl")
    }

    /// Gives the descriptor to someone who will close it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
