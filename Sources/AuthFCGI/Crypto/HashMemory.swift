import CHashMemory

/// The memory that password hashes are computed in: kept from one hash to the next, wiped after each.
enum HashMemory {
    /// Runs one hash of libsodium's in kept memory.
    static func lend<Result, Failure: Error>(to hash: () throws(Failure) -> Result) throws(Failure) -> Result {
        hash_memory_begin()
        defer { hash_memory_end() }
        return try hash()
    }

    /// Gives memory back to the system that no hash has used since the last call. To be called now and then.
    static func releaseUnused() {
        hash_memory_release_unused()
    }
}
