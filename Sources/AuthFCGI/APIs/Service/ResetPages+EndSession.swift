/// The pages on which somebody ends a session that is not theirs. They need no script.
extension ResetPages {
    private static let title = "Log a device out"

    /// Asks before anything ends.
    var endingSession: HTTPResponse {
        page(
            Self.title, script: nil, hasForm: true,
            content: """
                <p>Somebody logged in to your account from a device that was not logged in before.</p>
                <p>If it was not you, log it out.</p>
                <form method="post">
                <button>Log the device out</button>
                </form>
                """)
    }

    /// Says what came of it.
    func endedSession(isEnded: Bool) -> HTTPResponse {
        if isEnded {
            return page(
                Self.title, script: nil,
                content: "<p>The device is logged out. Set a new password now: the present one is known.</p>")
        }
        return page(
            Self.title, script: nil, status: .forbidden,
            content: """
                <p>The link was used before, or it is too old.</p>
                <p>If somebody knows your password, set a new one: all devices are logged out then.</p>
                """)
    }
}
