import CSystem
import Glibc

/// Tells the service manager how we are (sd_notify(3)); without one, nothing happens.
struct ServiceNotifier: Sendable {
    /// A state that the service manager knows.
    enum State: Sendable { case ready, reloading, stopping }

    private let path: String?

    /// Takes the address from `NOTIFY_SOCKET`: a path, or an abstract name after `@`.
    init() {
        path = unsafe getenv("NOTIFY_SOCKET").map { unsafe String(cString: $0) }
    }

    /// Sends this state.
    func send(_ state: State) {
        switch state {
        case .ready: send("READY=1")
        case .stopping: send("STOPPING=1")
        case .reloading:
            var time = timespec()
            unsafe clock_gettime(CLOCK_MONOTONIC, &time)
            send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
        }
    }

    private func send(_ text: String) {
        guard let path, !path.isEmpty else { return }
        var octets = Array(path.utf8)
        if path.hasPrefix("@") { octets[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard octets.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
        let size = MemoryLayout<sockaddr_un>.offset(of: \.sun_path).map { $0 + octets.count } ?? 0
        let socket = Descriptor(takingOwnershipOf: system_datagram_socket())
        let message = Array(text.utf8)
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe sendto(socket.number, message, message.count, 0, address, socklen_t(size))
            }
        }
    }
}
