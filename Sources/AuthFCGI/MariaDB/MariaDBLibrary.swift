import CMariaDB
import Glibc

/// The client library: made ready once a process and once a thread.
enum MariaDBLibrary {
    private static let isReady = mysql_server_init(0, nil, nil) == 0

    /// Runs when a thread ends that has used the library.
    private static let threadKey: pthread_key_t? = {
        var key = pthread_key_t()
        let made = unsafe pthread_key_create(&key) { _ in mysql_thread_end() }
        return made == 0 ? key : nil
    }()

    /// Makes the library ready for the calling thread.
    static func prepareThread() throws(MariaDBError) {
        guard isReady, let threadKey else { throw MariaDBError(.other, "the client library cannot be made ready") }
        guard unsafe pthread_getspecific(threadKey) == nil else { return }
        guard mysql_thread_init() == 0, unsafe pthread_setspecific(threadKey, UnsafeRawPointer(bitPattern: 1)) == 0
        else { throw MariaDBError(.other, "the client library cannot be made ready for this thread") }
    }
}
