import Glibc

@testable import AuthFCGI

/// A program started by a test, with no signal blocked; killed and waited for with the last reference.
final class TestProcess {
    let identifier: pid_t
    private var isOver = false

    init(_ arguments: [String]) throws {
        var attributes = posix_spawnattr_t()
        var none = sigset_t()
        var files = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawnattr_init(&attributes)
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        unsafe posix_spawn_file_actions_init(&files)
        unsafe posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe words.indices { unsafe free(words[index]) }
            unsafe posix_spawn_file_actions_destroy(&files)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        var identifier: pid_t = 0
        let status = unsafe posix_spawnp(&identifier, arguments[0], &files, &attributes, &words, environ)
        guard status == 0 else { throw MariaDBError(.other, "\(arguments[0]) does not start") }
        self.identifier = identifier
    }

    deinit {
        end()
    }

    func end() {
        guard !isOver else { return }
        kill(identifier, SIGKILL)
        wait()
    }

    func wait() {
        waitpid(identifier, nil, 0)
        isOver = true
    }
}
