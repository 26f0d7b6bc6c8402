import CSystem
import Glibc

/// What threads wait for and others signal: a POSIX semaphore (sem_overview(7)).
///
/// The standard library has no way to sleep until another thread says so. Sendable because the pointer never changes, and
/// what it points to is only given to functions that any thread may call on it at any time.
@safe final class Semaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    /// Not signalled yet; nil when the system has no semaphore.
    init?() {
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        unsafe semaphore.initialize(to: sem_t())
        guard unsafe sem_init(semaphore, 0, 0) == 0 else {
            unsafe semaphore.deallocate()
            return nil
        }
        unsafe self.semaphore = unsafe semaphore
    }

    deinit {
        // Fails only for what is no semaphore; nobody waits any more, since who waits holds this object.
        _ = unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Takes one signal, and waits for it if there is none; false when it cannot wait.
    func wait() -> Bool {
        while unsafe sem_wait(semaphore) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }

    /// Lets one thread go on, one that waits or the next that would; false when it cannot.
    @discardableResult func signal() -> Bool { unsafe sem_post(semaphore) == 0 }
}
