/// The numbers of sessions.
package struct SessionPolicy: Sendable {
    /// How long a registration may take from its first code on.
    package var registration: Duration = .seconds(3_600)
    /// A login session that was not used for so long is over.
    package var idle: Duration = .seconds(86_400)
    /// A login session is over after so long, used or not.
    package var absolute: Duration = .seconds(30 * 86_400)
    /// Live sessions an account may have; a further login ends the oldest.
    package var perAccount = 50
    /// A session's last use is written down when it is older than this: reading it costs a write that seldom, and a session
    /// ends that much sooner than it should at most.
    package var touchAfter: Duration { min(.seconds(60), idle / 10) }

    package init() {}
}
