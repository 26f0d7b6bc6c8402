@testable import AuthFCGI

/// What a body throws, if it is a `MariaDBError`.
func mariaDBError(_ body: () throws -> Void) -> MariaDBError? {
    do {
        try body()
        return nil
    } catch {
        return error as? MariaDBError
    }
}
