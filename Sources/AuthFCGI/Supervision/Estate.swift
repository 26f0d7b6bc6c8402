import CSystem
import Glibc

/// The descriptors a supervisor keeps for its children, all above the numbers they have there.
final class Estate {
    private static let least: Int32 = 256

    /// The end at which children report.
    let readyReader: Descriptor
    private let readyWriter: Descriptor
    private let wake: Descriptor
    private let handoverSender: Descriptor
    private let handoverReceiver: Descriptor
    private let listeners: [FastCGIListener]
    private let raised: [RaisedListener]

    private final class RaisedListener {
        let descriptor: Descriptor
        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }

    init(listeners: [FastCGIListener]) throws(FastCGIError) {
        var ends: [Int32] = [-1, -1]
        if unsafe pipe(&ends) != 0 { throw .system("pipe", code: errno) }
        readyReader = try Self.raise(Descriptor(takingOwnershipOf: ends[0]))
        readyWriter = try Self.raise(Descriptor(takingOwnershipOf: ends[1]))
        _ = system_nonblocking(readyReader.number)
        wake = try Self.raise(Descriptor(system_event_descriptor(), from: "eventfd"))
        if unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) != 0 {
            throw .system("socketpair", code: errno)
        }
        handoverSender = try Self.raise(Descriptor(takingOwnershipOf: ends[0]))
        handoverReceiver = try Self.raise(Descriptor(takingOwnershipOf: ends[1]))
        self.listeners = listeners
        var raised: [RaisedListener] = []
        for listener in listeners {
            let number = system_duplicate_from(listener.number, Self.least)
            raised.append(RaisedListener(try Descriptor(number, from: "fcntl")))
        }
        self.raised = raised
    }

    /// A configuration as children get it.
    static func file(_ configuration: [UInt8]) throws(FastCGIError) -> Descriptor {
        let file = unsafe configuration.withUnsafeBytes { unsafe system_memory_file($0.baseAddress, $0.count) }
        return try raise(Descriptor(file, from: "memfd_create"))
    }

    private static func raise(_ descriptor: consuming Descriptor) throws(FastCGIError) -> Descriptor {
        try Descriptor(system_duplicate_from(descriptor.number, least), from: "fcntl")
    }

    /// Which descriptor of the supervisor goes to which number in a child of this role.
    func bequest(to role: SupervisionEvent.Role, configuration: Int32) -> [(from: Int32, to: Int32)] {
        var pairs = [
            (configuration, Inheritance.Number.configuration), (readyWriter.number, Inheritance.Number.ready),
            (wake.number, Inheritance.Number.courierWake),
        ]
        guard role == .worker else { return pairs }
        pairs.append((handoverSender.number, Inheritance.Number.handoverSender))
        pairs.append((handoverReceiver.number, Inheritance.Number.handoverReceiver))
        for (index, listener) in raised.enumerated() {
            let number = index == 0 ? Inheritance.Number.listener : Inheritance.Number.furtherListeners + Int32(index) - 1
            pairs.append((listener.descriptor.number, number))
        }
        return pairs
    }

    /// The value of `Inheritance.variable` for a child of this role.
    func description(for role: SupervisionEvent.Role) -> String {
        let digits = role == .worker ? listeners.map { $0.endsWithProgram ? "1" : "0" }.joined() : ""
        return "\(getpid()) \(digits)"
    }

    /// The processes that have reported since the last call.
    func reports() -> [pid_t] {
        var processes: [pid_t] = []
        var process: pid_t = 0
        while unsafe read(readyReader.number, &process, MemoryLayout<pid_t>.size) == MemoryLayout<pid_t>.size {
            processes.append(process)
        }
        return processes
    }

    /// Removes the files of the sockets that this program made.
    func removeFiles() {
        for listener in listeners { listener.removeFile() }
    }
}
