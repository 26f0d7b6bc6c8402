/// Tells whose login session a request carries, and now and then writes down that it is used.
package enum ResolveSession: UseCase {
    package static func run(
        _ input: SessionSecret?, in call: CallContext, with services: Services
    ) throws(AuthError) -> LoginSession {
        let policy = call.policy.sessions
        guard let digest = try services.digest(input),
            let session = try services.sessions.login(digest, in: call.realm, idle: policy.idle, at: call.now)
        else { throw .noSession }
        if call.now.since(session.seen) > policy.touchAfter {
            try services.sessions.touch(digest, at: call.now)
        }
        return session
    }
}
