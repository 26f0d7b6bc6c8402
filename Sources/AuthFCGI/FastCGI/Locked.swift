import Glibc

/// A value that threads change one at a time, under a POSIX mutex (pthread_mutex_lock(3)).
///
/// Whoever comes while it is free takes it, also before those who wait; Synchronization's `Mutex` is handed to who has
/// waited longest, and is nobody else's until that thread runs (`docs/decisions/0020-locks.md`). Sendable because the value
/// is reached under the mutex only, and the pointer to that never changes.
@safe final class Locked<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// Free, with this value.
    init(_ value: sending Value) {
        let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe self.mutex = unsafe mutex
        self.value = value
    }

    deinit {
        // Fails only for a mutex that somebody has; nobody does, since who has it holds this object.
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs `body` with the value, alone. It must not come here again: it would wait for itself.
    func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        // Neither fails for a mutex of the usual kind that the calling thread does not have yet.
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
