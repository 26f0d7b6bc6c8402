import CSystem
import Glibc

/// A socket pair over which a retiring worker gives its connections to the workers that stay (unix(7), SCM_RIGHTS).
///
/// All workers of a supervisor have both ends. Octets that a connection has received travel with it.
final class Handover: Sendable {
    private let sender: Descriptor
    private let receiver: Descriptor

    /// Takes over both ends.
    init(sender: consuming Descriptor, receiver: consuming Descriptor) throws(FastCGIError) {
        self.sender = sender
        self.receiver = receiver
        guard system_nonblocking(self.receiver.number) == 0 else { throw .system("fcntl", code: errno) }
        _ = system_set_timeouts(self.sender.number, 1000)
    }

    /// The descriptor that becomes readable when a connection is given.
    var readable: Int32 { receiver.number }

    /// Gives a connection to another worker. The caller still closes its own descriptor.
    func give(_ connection: Int32) -> Bool {
        for _ in 0..<1000 {
            switch -system_send_descriptor(sender.number, connection) {
            case EINTR: continue
            // So many descriptors are on their way already (unix(7)).
            case ETOOMANYREFS: usleep(1000)
            case let code: return code < 0
            }
        }
        return false
    }

    /// Gives again whatever waits to be taken. Who takes nothing any more calls it: the wake-up for a connection comes
    /// to one worker only, and may have come to this one.
    func passOn() {
        var waiting: [Int32] = []
        while let connection = take() { waiting.append(connection) }
        for connection in waiting {
            _ = give(connection)
            close(connection)
        }
    }

    /// Takes a connection that another worker gave, if one is there still.
    func take() -> Int32? {
        let connection = system_receive_descriptor(receiver.number)
        return connection < 0 ? nil : connection
    }
}
