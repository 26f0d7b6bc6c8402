extension Ride {
    /// Whose accounts it has: the two differ in their words and paths, and captains in having a vehicle.
    enum Role: String, CaseIterable, Sendable {
        case user, captain

        /// What the paths of its calls begin with.
        var base: String { "/api/v1/\(rawValue)" }

        /// Where a reset link leads, below the client's address and the site's own.
        var resetPath: String {
            switch self {
            case .user: "/reset-password"
            case .captain: "/captain/reset-password"
            }
        }

        /// How messages call one of them.
        var noun: String {
            switch self {
            case .user: "User"
            case .captain: "Captain"
            }
        }

        /// What says that a reset link was sent.
        var linkSent: String {
            switch self {
            case .user: "Password reset instructions sent to your email"
            case .captain: "Password reset request mail sent"
            }
        }

        /// What says that the password is a new one.
        var passwordSet: String {
            switch self {
            case .user: "Password has been reset successfully"
            case .captain: "Password reset successful"
            }
        }

        /// What the answers about passwords print first after the status: the two documents differ.
        var printsMessageFirst: Bool {
            switch self {
            case .user: true
            case .captain: false
            }
        }
    }
}
