import AuthDomain

/// Look-ups of login sessions, gathered: while as many statements are under way as may be at once, whoever comes waits for
/// the next one, which looks for the sessions of all who wait (`docs/decisions/0022-gathered-look-ups.md`). So every session
/// is read after it was asked for, and nothing is remembered.
final class LoginLookups: Sendable {
    /// The session's row, or nil, or why the statement failed.
    typealias Answer = Result<SQLRow?, MariaDBError>
    /// Looks for the sessions of one to `LookupLine.most` questions that go with each other. The rows have the digest of
    /// their session in column 0.
    typealias Read = ([LoginQuestion]) throws(MariaDBError) -> [SQLRow]

    /// What a thread does that asks.
    private enum Turn {
        case read(with: [LookupPlace])
        case wait(LookupPlace)
    }

    private let usual: Duration
    private let patience: Duration
    private let state: Locked<LookupLine>

    /// - Parameters:
    ///   - atOnce: how many statements are under way before anybody waits.
    ///   - few: how many sessions are looked for before anybody waits, as long as a statement looks for fewer on average:
    ///     a few clients have their answers sooner each by a statement of its own.
    ///   - usual: what a statement takes at most, as a rule. Whoever comes when one has taken longer does not wait for it.
    ///   - patience: how long a thread waits to be called before it is held up, and looks for its session itself.
    init(atOnce: Int = 1, few: Int = 1, usual: Duration = .microseconds(500), patience: Duration = SocketWatch.patience)
    {
        state = Locked(LookupLine(atOnce: atOnce, few: few))
        self.usual = usual
        self.patience = patience
    }

    /// Finds the session of a question, by `read` on this thread or on another one.
    /// - Parameters:
    ///   - whenGathered: called before the thread waits for others.
    ///   - whenHeldUp: called once it has waited for `patience`.
    func row(
        _ question: LoginQuestion, whenGathered: () -> Void = {}, whenHeldUp: () -> Void = {}, by read: Read
    ) -> Answer {
        switch turn(question) {
        case .read(let others): return answer(question, with: others, by: read)
        case .wait(let place):
            whenGathered()
            if let call = place.wait(for: patience) { return answer(question, call, by: read) }
            whenHeldUp()
            if let others = state.withLock({ $0.leave(place) }) { return answer(question, with: others, by: read) }
            guard let call = place.wait() else {
                return .failure(MariaDBError(.refused, "the system has no semaphore"))
            }
            return answer(question, call, by: read)
        }
    }

    private func turn(_ question: LoginQuestion) -> Turn {
        state.withLock { line in
            if line.isMoving(within: usual), let place = LookupPlace(question) {
                line.join(place)
                return .wait(place)
            }
            return .read(with: line.begin(question))
        }
    }

    private func answer(_ question: LoginQuestion, _ call: LookupPlace.Call, by read: Read) -> Answer {
        switch call {
        case .read(let others): answer(question, with: others, by: read)
        case .found(let answer): answer
        }
    }

    /// Reads for this thread and for others, after having called the next ones to do the same.
    private func answer(_ question: LoginQuestion, with others: [LookupPlace], by read: Read) -> Answer {
        let rows = Result { () throws(MariaDBError) in try read([question] + others.map(\.question)) }
        if let (next, companions) = state.withLock({ $0.end(others.count + 1) }) { next.give(.read(with: companions)) }
        for other in others { other.give(.found(Self.row(of: other.question, in: rows))) }
        return Self.row(of: question, in: rows)
    }

    private static func row(of question: LoginQuestion, in rows: Result<[SQLRow], MariaDBError>) -> Answer {
        rows.map { rows in rows.first { $0.hasOctets(question.digest.octets, at: 0) } }
    }
}
