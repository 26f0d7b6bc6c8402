import CSystem
import Glibc

/// The descriptors a supervisor keeps for its children, all above the numbers they have there.
final class Estate {
    private let least: Int32

    /// The end at which children report.
    let readyReader: Descriptor
    private let readyWriter: Descriptor
    /// What the workers count together, since the supervisor was started.
    let scoreboard: Scoreboard
    private let wake: Descriptor
    private let courierLegacy: Descriptor
    private let handoverSender: Descriptor
    private let handoverReceiver: Descriptor
    private let listeners: [FastCGIListener]
    private let raised: [RaisedListener]

    private final class RaisedListener {
        let descriptor: Descriptor
        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }

    /// Makes what all children share, and keeps these listeners for them.
    init(listeners: [FastCGIListener]) throws(FastCGIError) {
        let least = Inheritance.Number.listener(at: max(listeners.count, 1))
        self.least = least
        var ends: [Int32] = [-1, -1]
        if unsafe pipe(&ends) != 0 { throw .system("pipe", code: errno) }
        readyReader = try Descriptor(takingOwnershipOf: ends[0]).raised(to: least)
        readyWriter = try Descriptor(takingOwnershipOf: ends[1]).raised(to: least)
        _ = system_nonblocking(readyReader.number)
        scoreboard = try Scoreboard(sharing: SharedWords.file(for: Scoreboard.count).raised(to: least))
        wake = try Descriptor(system_event_descriptor(), from: "eventfd").raised(to: least)
        courierLegacy = try SharedWords.file(for: CourierLegacy.count).raised(to: least)
        if unsafe socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) != 0 {
            throw .system("socketpair", code: errno)
        }
        handoverSender = try Descriptor(takingOwnershipOf: ends[0]).raised(to: least)
        handoverReceiver = try Descriptor(takingOwnershipOf: ends[1]).raised(to: least)
        self.listeners = listeners
        var raised: [RaisedListener] = []
        for listener in listeners {
            let number = system_duplicate_from(listener.number, least)
            raised.append(RaisedListener(try Descriptor(number, from: "fcntl")))
        }
        self.raised = raised
    }

    /// A configuration as children get it.
    func file(_ configuration: [UInt8]) throws(FastCGIError) -> Descriptor {
        let file = unsafe configuration.withUnsafeBytes { unsafe system_memory_file($0.baseAddress, $0.count) }
        return try Descriptor(file, from: "memfd_create").raised(to: least)
    }

    /// Which descriptor of the supervisor goes to which number in a child of this role.
    func bequest(to role: SupervisionEvent.Role, configuration: Int32) -> [(from: Int32, to: Int32)] {
        var pairs = [
            (configuration, Inheritance.Number.configuration), (readyWriter.number, Inheritance.Number.ready),
            (wake.number, Inheritance.Number.courierWake),
        ]
        guard role == .worker else { return pairs + [(courierLegacy.number, Inheritance.Number.courierLegacy)] }
        pairs.append((handoverSender.number, Inheritance.Number.handoverSender))
        pairs.append((handoverReceiver.number, Inheritance.Number.handoverReceiver))
        pairs.append((scoreboard.words.file.number, Inheritance.Number.scoreboard))
        for (index, listener) in raised.enumerated() {
            pairs.append((listener.descriptor.number, Inheritance.Number.listener(at: index)))
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
