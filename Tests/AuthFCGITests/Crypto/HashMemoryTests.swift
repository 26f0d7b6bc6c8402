import Glibc
import Testing

@testable import AuthFCGI

/// Each test has a length of memory of its own, as all hashes of a process share what is kept.
@Suite(.serialized) struct HashMemoryTests {
    private static func map(_ length: Int) -> UInt {
        UInt(bitPattern: unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    }

    private static func unmap(_ address: UInt, _ length: Int) {
        unsafe #expect(munmap(UnsafeMutableRawPointer(bitPattern: address), length) == 0)
    }

    private static func octets(at address: UInt, _ length: Int) -> UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: address), count: length)
    }

    /// Pages that the calling thread has got from the system.
    private static func faults() -> Int {
        var usage = rusage()
        unsafe getrusage(1, &usage)
        return usage.ru_minflt
    }

    @Test func `memory of one hash serves the next, and is wiped in between`() {
        let length = 5_000_192
        let address = HashMemory.lend { Self.map(length) }
        unsafe Self.octets(at: address, length).initializeMemory(as: UInt8.self, repeating: 7)
        HashMemory.lend {
            // What is unmapped by another hash than the one it was lent to is the system's again.
            Self.unmap(address, length)
            let own = Self.map(length)
            unsafe Self.octets(at: own, length).initializeMemory(as: UInt8.self, repeating: 7)
            Self.unmap(own, length)
            let again = Self.map(length)
            #expect(again == own)
            unsafe #expect(Self.octets(at: again, length).allSatisfy { $0 == 0 })
            let second = Self.map(length)
            #expect(second != again, "one at a time")
            Self.unmap(second, length)
            Self.unmap(again, length)
        }
        let others = Self.map(length)
        HashMemory.lend { #expect(Self.map(length) != others) }
        Self.unmap(others, length)
    }

    @Test func `a hash of libsodium's gets no page of the system's after the first`() throws {
        let argon2id = Argon2id(memory: 1_500 * 1024, passes: 1)
        _ = try argon2id.hash([1])
        let before = Self.faults()
        let hash = try argon2id.hash([1])
        #expect(Self.faults() - before < 100)
        let between = Self.faults()
        #expect(try Argon2id.isHash(hash, of: [1]))
        #expect(Self.faults() - between < 100)
    }

    @Test func `memory goes back to the system when no hash has used it from one time to the next`() {
        let length = 7_000_064
        var address: UInt = 0
        HashMemory.lend {
            address = Self.map(length)
            Self.unmap(address, length)
        }
        HashMemory.releaseUnused()
        var isHeld: [UInt8] = [0]
        let start = unsafe UnsafeMutableRawPointer(bitPattern: address)
        unsafe #expect(mincore(start, 1, &isHeld) == 0, "it has been used since the last time")
        HashMemory.releaseUnused()
        unsafe #expect(mincore(start, 1, &isHeld) == -1)
        #expect(errno == ENOMEM)
    }
}
