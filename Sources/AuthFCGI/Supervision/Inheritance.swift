import CSystem
import Glibc

/// What a supervisor leaves to its child processes: descriptors at agreed numbers, and how many listeners there are.
final class Inheritance: Sendable {
    /// The numbers of the descriptors in a child; further listeners follow the last.
    enum Number {
        /// The configuration's text.
        static let configuration: Int32 = 3
        /// The pipe to the supervisor, for the process ids of those that are ready.
        static let ready: Int32 = 4
        /// The courier's eventfd.
        static let courierWake: Int32 = 5
        /// What a courier leaves to its successor; a worker has another descriptor there.
        static let courierLegacy: Int32 = 6
        /// Where connections are given.
        static let handoverSender: Int32 = 6
        /// Where connections are taken.
        static let handoverReceiver: Int32 = 7
        /// What all workers count together.
        static let scoreboard: Int32 = 8

        /// Descriptor 0, as FastCGI 1.0, 2.2, has it, and from 9 on.
        static func listener(at index: Int) -> Int32 { index == 0 ? 0 : Int32(index) + 8 }
    }

    /// The environment variable with the supervisor's process id, then a digit for each listener: 1, it ends with the
    /// program.
    static let variable = "AUTHFCGI_INHERITANCE"

    /// The configuration, as the supervisor has checked it.
    let configuration: [UInt8]
    /// The sockets to serve; none for the courier.
    let listeners: [FastCGIListener]
    /// Where the connections of a retiring worker go; nil for the courier.
    let handover: Handover?
    /// Where workers count; nil for the courier.
    let scoreboard: Scoreboard?
    /// What the courier before left; nil for a worker.
    let courierLegacy: CourierLegacy?
    private let ready: Descriptor
    private let wake: Descriptor

    /// Takes what the supervisor left, once; nil when this process was not started by one. The process ends by SIGTERM
    /// from then on when the supervisor dies.
    static func take() throws(FastCGIError) -> Inheritance? {
        guard let text = unsafe getenv(variable) else { return nil }
        let words = unsafe String(cString: text).split(separator: " ", omittingEmptySubsequences: false)
        unsafe unsetenv(variable)
        guard words.count == 2, let parent = pid_t(words[0]) else { return nil }
        if system_die_with_parent(SIGTERM) < 0 { throw .system("prctl", code: errno) }
        // The supervisor may have died before the line above.
        if getppid() != parent { raise(SIGTERM) }
        return try Inheritance(listenersEnd: words[1].map { $0 == "1" })
    }

    private init(listenersEnd: [Bool]) throws(FastCGIError) {
        for number in Number.configuration..<Number.handoverSender where system_close_on_exec(number) < 0 {
            throw .system("fcntl", code: errno)
        }
        let text = Descriptor(takingOwnershipOf: Number.configuration)
        ready = Descriptor(takingOwnershipOf: Number.ready)
        wake = Descriptor(takingOwnershipOf: Number.courierWake)
        configuration = try Self.content(of: text)
        var listeners: [FastCGIListener] = []
        for (index, ends) in listenersEnd.enumerated() {
            let number = Number.listener(at: index)
            listeners.append(try FastCGIListener(takingOwnershipOf: number, endsWithProgram: ends))
        }
        self.listeners = listeners
        if listeners.isEmpty {
            handover = nil
            scoreboard = nil
            if system_close_on_exec(Number.courierLegacy) < 0 { throw .system("fcntl", code: errno) }
            courierLegacy = try CourierLegacy(sharing: Descriptor(takingOwnershipOf: Number.courierLegacy))
        } else {
            for number in Number.handoverSender...Number.scoreboard where system_close_on_exec(number) < 0 {
                throw .system("fcntl", code: errno)
            }
            handover = try Handover(
                sender: Descriptor(takingOwnershipOf: Number.handoverSender),
                receiver: Descriptor(takingOwnershipOf: Number.handoverReceiver))
            scoreboard = try Scoreboard(sharing: Descriptor(takingOwnershipOf: Number.scoreboard))
            courierLegacy = nil
        }
    }

    /// Tells the supervisor that this process does its work now.
    func reportReady() {
        var process = getpid()
        _ = unsafe write(ready.number, &process, MemoryLayout<pid_t>.size)
    }

    /// Wakes the courier: there is something to deliver. Any thread may call this; it does not wait.
    func wakeCourier() { _ = system_event_signal(wake.number) }

    /// The descriptor (eventfd(2), non-blocking) that becomes readable when the courier is woken; eight octets are read.
    var courierWake: Int32 { wake.number }

    /// The file's octets, read without moving the offset that all children share.
    private static func content(of file: borrowing Descriptor) throws(FastCGIError) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe pread(file.number, &chunk, chunk.count, content.count)
            if count < 0 { throw .system("pread", code: errno) }
            if count == 0 { return content }
            content += chunk.prefix(count)
        }
    }
}
