import Glibc

/// Who runs a command.
enum SystemUser {
    /// The real user's number: getuid(2).
    static var number: UInt32 { getuid() }

    /// Whether what this process may do has no limits: geteuid(2).
    static var isRoot: Bool { geteuid() == 0 }
}
