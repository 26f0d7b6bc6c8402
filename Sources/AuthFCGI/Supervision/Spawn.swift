import CSystem
import Glibc

/// Starts this program anew, as a child process.
enum Spawn {
    /// Variables that are for the supervisor alone.
    private static let withheld = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", Inheritance.variable]

    /// The program with these arguments, descriptors and inheritance, in a process group of its own, and with no signal
    /// blocked but those of `StopSignal` when `blocksSignals`. A negated `errno` when it cannot be started.
    static func start(
        arguments: [String], descriptors: [(from: Int32, to: Int32)], inheritance: String, blocksSignals: Bool
    ) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for pair in descriptors {
            let code = unsafe posix_spawn_file_actions_adddup2(&actions, pair.from, pair.to)
            if code != 0 { return -code }
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var mask = blocksSignals ? StopSignal.set : sigset_t()
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        let environment = environment() + ["\(Inheritance.variable)=\(inheritance)"]
        var process: pid_t = 0
        let code = unsafe withCStrings([CommandLine.arguments.first ?? "authfcgi"] + arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe posix_spawn(&process, "/proc/self/exe", &actions, &attributes, arguments, environment)
            }
        }
        return code == 0 ? process : -code
    }

    private static func environment() -> [String] {
        var variables: [String] = []
        guard var entry = unsafe system_environment() else { return variables }
        while let text = unsafe entry.pointee {
            let variable = unsafe String(cString: text)
            if !withheld.contains(where: { variable.hasPrefix("\($0)=") }) { variables.append(variable) }
            unsafe entry += 1
        }
        return variables
    }

    /// These strings as a vector that ends with a null pointer, as long as `body` runs.
    private static func withCStrings(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) -> Int32 {
        let copies = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        return unsafe copies.withUnsafeBufferPointer { buffer in
            guard let strings = buffer.baseAddress else { return EINVAL }
            return unsafe body(strings)
        }
    }
}
