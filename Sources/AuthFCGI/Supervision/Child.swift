import Glibc

/// A child process, as its supervisor sees it.
struct Child {
    /// What it does.
    let role: SupervisionEvent.Role
    /// The configuration it was started with: the first is 0, each reload adds one.
    let generation: Int
    /// How long it may take to end, as its configuration says and it was told itself.
    let shutdownGrace: Duration
    /// When it was started.
    let started: ContinuousClock.Instant
    /// Whether it has reported that it works.
    var isReady = false
    /// When it is killed; nil as long as it has not been told to end.
    var deadline: ContinuousClock.Instant?
}

/// A child that is to be started.
struct Vacancy {
    /// What it will do.
    let role: SupervisionEvent.Role
    /// When.
    let due: ContinuousClock.Instant
}
