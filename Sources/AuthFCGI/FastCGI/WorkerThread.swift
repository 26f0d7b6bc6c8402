import CSystem
import Glibc

/// Starts threads of the system's own kind.
enum WorkerThread {
    private static let stackSize = 1 << 20

    private final class Body {
        private let niceness: Int32
        private let body: @Sendable () -> Void

        init(_ niceness: Int32, _ body: @escaping @Sendable () -> Void) {
            (self.niceness, self.body) = (niceness, body)
        }

        func run() {
            if niceness > 0 { _ = system_give_way(niceness) }
            body()
        }
    }

    /// Runs `body` on a new detached thread, which gives way to others by its niceness (0 to 19, nice(1)).
    static func start(niceness: Int32 = 0, _ body: @escaping @Sendable () -> Void) throws(FastCGIError) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackSize)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(Body(niceness, body))
        let code = unsafe pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        if code != 0 {
            unsafe argument.release()
            throw .system("pthread_create", code: code)
        }
    }
}
