import CSystem
import Glibc

/// A set of descriptors that threads wait on together (epoll(7)).
struct Epoll: ~Copyable, Sendable {
    /// What a thread is woken for.
    enum Event: Equatable, Sendable {
        /// Somebody connects to this listener.
        case listener(Int32)
        /// A connection has octets, or has ended.
        case connection(Int32)
        /// The doorkeeper has gathered a request from this connection.
        case arrival(Int32)
        /// Another worker hands a connection over at this socket.
        case handover(Int32)
        /// A bell rings.
        case bell
    }

    private let set: Descriptor

    /// An empty set.
    init() throws(FastCGIError) {
        set = try Descriptor(system_epoll_create(), from: "epoll_create1")
    }

    /// Waits for one event; nil when the time (milliseconds, -1: no limit) is up.
    func wait(milliseconds: Int32 = -1) -> Event? {
        var key: UInt64 = 0
        guard unsafe system_epoll_wait(set.number, &key, milliseconds) > 0 else { return nil }
        let number = Int32(truncatingIfNeeded: key)
        return switch key >> 32 {
        case 0: .listener(number)
        case 1: .connection(number)
        case 2: .arrival(number)
        case 3: .handover(number)
        default: .bell
        }
    }

    /// Waits for this event on its descriptor; false when the system refuses.
    func add(_ event: Event, on descriptor: Int32) -> Bool {
        system_epoll_add(set.number, descriptor, interest(in: event), key(of: event)) == 0
    }

    /// Waits for this event for the first time, or in place of another, or once more though it may have been told.
    func arm(_ event: Event, on descriptor: Int32) -> Bool {
        let result = system_epoll_add(set.number, descriptor, interest(in: event), key(of: event))
        return result == 0
            || result == -EEXIST && system_epoll_rearm(set.number, descriptor, interest(in: event), key(of: event)) == 0
    }

    /// Waits for octets of this connection again and again, until it is removed.
    func watch(_ connection: Int32) -> Bool {
        system_epoll_add(set.number, connection, system_epoll_level, key(of: .connection(connection))) == 0
    }

    /// Waits for this descriptor no more.
    func remove(_ descriptor: Int32) {
        _ = system_epoll_remove(set.number, descriptor)
    }

    private func interest(in event: Event) -> UInt32 {
        switch event {
        case .listener, .handover: system_epoll_listener
        case .connection: system_epoll_request
        case .arrival: system_epoll_answer
        case .bell: system_epoll_level
        }
    }

    private func key(of event: Event) -> UInt64 {
        switch event {
        case .listener(let number): UInt64(UInt32(bitPattern: number))
        case .connection(let number): 1 << 32 | UInt64(UInt32(bitPattern: number))
        case .arrival(let number): 2 << 32 | UInt64(UInt32(bitPattern: number))
        case .handover(let number): 3 << 32 | UInt64(UInt32(bitPattern: number))
        case .bell: 4 << 32
        }
    }
}
