import Glibc

/// Who runs a command.
enum SystemUser {
    /// The real user's number: getuid(2).
    static var number: UInt32 { getuid() }
}
