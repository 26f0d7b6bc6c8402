import CSystem

/// The C library's heap, which the threads of a process share (malloc(3)).
enum Heap {
    /// What is free at the end of an area goes back to the system when it is as much, in octets.
    private static let mostFree: Int32 = 65536
    /// … but for so many octets.
    private static let keepsFree: Int32 = 4096

    /// Has the heap grow by no more than two areas for each core, and keep little of what is free at their ends. By itself
    /// the C library has eight, and each keeps 128 KiB and more. To be called before other threads start.
    static func limit(cores: Int) {
        system_limit_heap(Int32(clamping: 2 * cores), mostFree, keepsFree)
    }

    /// Gives the pages that nothing is on back to the system, which the C library does only at the end of each area by
    /// itself (malloc_trim(3)).
    static func giveBack() { system_give_memory_back() }
}
