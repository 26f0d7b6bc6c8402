import CSystem
import Glibc
import Synchronization

/// Numbers in memory that several processes share, all 0 at first: each is changed in one step (memfd_create(2),
/// mmap(2)). They last as long as the file, whoever of the processes ends.
@safe
final class SharedWords: Sendable {
    /// How many there are.
    let count: Int
    /// The file; a process that inherits it shares the numbers.
    let file: Descriptor
    /// The mapping never changes, and what it holds is atomic: that makes it safe to share.
    private nonisolated(unsafe) let words: UnsafeMutablePointer<Atomic<Int>>

    /// Fresh numbers.
    convenience init(count: Int) throws(FastCGIError) {
        try self.init(Self.file(for: count), count: count)
    }

    /// A file for so many numbers.
    static func file(for count: Int) throws(FastCGIError) -> Descriptor {
        try Descriptor(system_shared_file(count * MemoryLayout<Atomic<Int>>.stride), from: "memfd_create")
    }

    /// The numbers in a file that was made for as many.
    init(_ file: consuming Descriptor, count: Int) throws(FastCGIError) {
        let size = count * MemoryLayout<Atomic<Int>>.stride
        guard let address = unsafe system_map_shared(file.number, size) else { throw .system("mmap", code: errno) }
        unsafe words = address.bindMemory(to: Atomic<Int>.self, capacity: count)
        self.file = file
        self.count = count
    }

    deinit {
        unsafe munmap(words, count * MemoryLayout<Atomic<Int>>.stride)
    }

    /// The number at a place; 0 where there is none.
    subscript(place: Int) -> Int {
        guard isPlace(place) else { return 0 }
        return unsafe words[place].load(ordering: .relaxed)
    }

    /// Adds to the number at a place.
    func add(_ value: Int, at place: Int) {
        guard isPlace(place) else { return }
        unsafe words[place].wrappingAdd(value, ordering: .relaxed)
    }

    /// Sets the number at a place.
    func set(_ value: Int, at place: Int) {
        guard isPlace(place) else { return }
        unsafe words[place].store(value, ordering: .relaxed)
    }

    /// Writes `value` where 0 stands; whether it stands there now, by this call or before it.
    func claim(_ place: Int, for value: Int) -> Bool {
        guard isPlace(place) else { return false }
        let (done, found) = unsafe words[place].compareExchange(
            expected: 0, desired: value, ordering: .acquiringAndReleasing)
        return done || found == value
    }

    private func isPlace(_ place: Int) -> Bool { place >= 0 && place < count }
}
