import CSystem
import Glibc

/// A program that runs beside this one, with a pipe to its standard input and nothing else of ours.
final class Program {
    /// How a program ended.
    enum End: Equatable {
        case exited(Int32)
        case killed
    }

    private var process: pid_t = 0
    private let input: Int32

    /// Starts it; nil, and the reason in `errno`, when it cannot be.
    init?(_ arguments: [String]) {
        var ends: [Int32] = [-1, -1]
        guard let path = arguments.first, unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = system_close_on_exec(end) }
        _ = system_nonblocking(ends[1])
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        _ = unsafe system_spawn_close_from(&actions, 3)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        let copies = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        var variables = unsafe [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { unsafe free(variables[0]) }
        let code = unsafe posix_spawn(&process, path, &actions, &attributes, copies, &variables)
        Glibc.close(ends[0])
        input = ends[1]
        if code != 0 {
            Glibc.close(input)
            errno = code
            return nil
        }
    }

    /// Writes to its standard input and closes it. A program that reads no more is no reason to stop, and one that does
    /// not read is left alone at the deadline.
    func write(_ octets: [UInt8], until deadline: ContinuousClock.Instant) {
        var written = 0
        while written < octets.count {
            let count = unsafe octets[written...].withUnsafeBytes {
                unsafe Glibc.write(input, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN, ContinuousClock.now < deadline {
                usleep(5_000)
                continue
            }
            guard count > 0 else { break }
            written += count
        }
        Glibc.close(input)
    }

    /// Waits for its end; at the deadline it is killed, with all that it started.
    func end(by deadline: ContinuousClock.Instant) -> End {
        var status: Int32 = 0
        while unsafe waitpid(process, &status, WNOHANG) == 0 {
            if ContinuousClock.now >= deadline { kill(-process, SIGKILL) }
            usleep(5_000)
        }
        return system_end_signal(status) > 0 ? .killed : .exited(system_exit_code(status))
    }
}
