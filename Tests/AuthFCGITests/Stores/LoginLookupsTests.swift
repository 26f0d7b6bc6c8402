import AuthDomain
import AuthTestSupport
import Glibc
import Synchronization
import Testing

@testable import AuthFCGI

/// Look-ups of sessions that are gathered while a statement is under way.
@Suite struct LoginLookupsTests {
    /// A table of sessions: every digest whose first octet is even is one.
    private final class Table: Sendable {
        let batches = Mutex<[[UInt8]]>([])
        let isOpen = Atomic(true)
        let fails = Atomic(false)

        func read(_ questions: [LoginQuestion]) throws(MariaDBError) -> [SQLRow] {
            batches.withLock { $0.append(questions.map { $0.digest.octets[0] }) }
            while !isOpen.load(ordering: .relaxed) { usleep(100) }
            if fails.load(ordering: .relaxed) { throw MariaDBError(.lost, "gone") }
            // Not in the order of the questions.
            return questions.reversed().map(\.digest.octets).filter { $0[0] % 2 == 0 }
                .map { SQLRow(columns: [.octets(0..<32)], octets: $0) }
        }

        var count: Int { batches.withLock { $0.count } }
    }

    private let table = Table()
    /// Nobody leaves the line by itself.
    private let lookups = LoginLookups(usual: .seconds(60), patience: .seconds(60))

    private func question(
        _ number: UInt8, realm: String = "trial", idle: Duration = .seconds(60)
    ) throws -> LoginQuestion {
        let digest = try #require(SessionDigest(octets: [number] + [UInt8](repeating: 7, count: 31)))
        return LoginQuestion(
            digest: digest, realm: try #require(Realm(realm)), idle: idle, now: Timestamp(microseconds: 1))
    }

    /// Whether the answer is the one to that question.
    private func isRight(_ answer: LoginLookups.Answer, _ question: LoginQuestion) -> Bool {
        guard case .success(let row) = answer else { return false }
        let isThere = question.digest.octets[0] % 2 == 0
        return isThere ? row?.hasOctets(question.digest.octets, at: 0) == true : row == nil
    }

    /// Whether it comes about within ten seconds.
    private func comes(_ condition: () -> Bool) -> Bool {
        for _ in 0..<100_000 {
            if condition() { return true }
            usleep(100)
        }
        return false
    }

    /// Asks the first question, the others while its statement is under way, and opens the table then: how many of the
    /// answers are right.
    private func ask(_ questions: [LoginQuestion], by lookups: LoginLookups? = nil) -> Int {
        let (table, lookups) = (table, lookups ?? self.lookups)
        let gathered = Atomic(0)
        table.isOpen.store(false, ordering: .relaxed)
        return Parallel.run(questions.count + 1) { number in
            guard number < questions.count else {
                let all = questions.count
                _ = comes { gathered.load(ordering: .relaxed) + table.count >= all }
                table.isOpen.store(true, ordering: .relaxed)
                return 0
            }
            if number > 0 { _ = comes { table.count > 0 } }
            let answer = lookups.row(
                questions[number], whenGathered: { gathered.add(1, ordering: .relaxed) }, by: table.read)
            return isRight(answer, questions[number]) ? 1 : 0
        }.reduce(0, +)
    }

    @Test func `who comes alone is answered by a statement of its own`() throws {
        for number in 0..<4 as Range<UInt8> {
            let question = try question(number)
            #expect(isRight(lookups.row(question, by: table.read), question))
        }
        #expect(table.batches.withLock { $0 } == [[0], [1], [2], [3]])
    }

    @Test func `who comes while a statement is under way is found by the next one`() throws {
        let questions = try (0..<12).map { try question($0) }
        #expect(ask(questions) == 12)
        let batches = table.batches.withLock { $0 }
        #expect(batches.map(\.count) == [1, 11])
        #expect(Set(batches.joined()) == Set(0..<12))
    }

    @Test func `no statement looks for more than sixteen`() throws {
        #expect(ask(try (0..<40).map { try question($0) }) == 40)
        #expect(table.batches.withLock { $0.map(\.count) } == [1, 16, 16, 7])
    }

    @Test func `several may look for one session`() throws {
        #expect(ask(try (0..<9).map { _ in try question(4) }) == 9)
        #expect(table.count == 2)
    }

    @Test func `realms and idle times are never looked for together`() throws {
        let questions =
            try (0..<4).map { try question($0) } + (4..<8).map { try question($0, realm: "other") }
            + (8..<12).map { try question($0, idle: .seconds(61)) }
        #expect(ask(questions) == 12)
        let batches = table.batches.withLock { $0.map { Set($0) } }
        #expect(Set(batches) == [[0], [1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
    }

    @Test func `a statement that fails fails for all whom it looked for, and for nobody else`() throws {
        table.fails.store(true, ordering: .relaxed)
        #expect(ask(try (0..<6).map { try question($0) }) == 0)
        #expect(table.count == 2)
        table.fails.store(false, ordering: .relaxed)
        #expect(ask(try (0..<6).map { try question($0) }) == 6)
    }

    @Test func `nobody waits for a statement that takes longer than usual`() throws {
        let lookups = LoginLookups(usual: .zero, patience: .seconds(60))
        #expect(ask(try (0..<5).map { try question($0) }, by: lookups) == 5)
        #expect(table.batches.withLock { $0.map(\.count) } == [1, 1, 1, 1, 1])
    }

    @Test func `nobody waits while fewer statements are under way than may be`() throws {
        let lookups = LoginLookups(atOnce: 3, usual: .seconds(60), patience: .seconds(60))
        #expect(ask(try (0..<10).map { try question($0) }, by: lookups) == 10)
        let batches = table.batches.withLock { $0 }
        #expect(batches.prefix(3).map(\.count) == [1, 1, 1])
        #expect(Set(batches.joined()) == Set(0..<10))
        #expect(batches.count == 4, "the rest are found together")
    }

    @Test func `few ask each for itself, as long as they are few`() throws {
        let lookups = LoginLookups(few: 3, usual: .seconds(60), patience: .seconds(60))
        let (five, many) = (try (0..<5).map { try question($0) }, try (0..<17).map { try question($0) })
        func sizes(_ questions: [LoginQuestion]) -> [Int] {
            table.batches.withLock { $0 = [] }
            #expect(ask(questions, by: lookups) == questions.count)
            return table.batches.withLock { $0.map(\.count) }
        }
        #expect(sizes(five) == [1, 1, 1, 2])
        for _ in 0..<12 { _ = sizes(many) }
        #expect(sizes(five) == [1, 4])
        for _ in 0..<40 { _ = sizes([five[0]]) }
        #expect(sizes(five) == [1, 1, 1, 2])
    }

    @Test func `who has waited too long is held up, and looks with all who wait`() throws {
        let lookups = LoginLookups(usual: .seconds(60), patience: .milliseconds(20))
        let (table, first, second) = (table, try question(0), try question(2))
        let heldUp = Atomic(0)
        table.isOpen.store(false, ordering: .relaxed)
        let right = Parallel.run(2) { number in
            if number == 0 { return isRight(lookups.row(first, by: table.read), first) }
            _ = comes { table.count > 0 }
            let answer = lookups.row(second, whenHeldUp: { heldUp.add(1, ordering: .relaxed) }) {
                questions throws(MariaDBError) in
                table.isOpen.store(true, ordering: .relaxed)
                return try table.read(questions)
            }
            return isRight(answer, second)
        }
        #expect(right == [true, true])
        #expect(heldUp.load(ordering: .relaxed) == 1)
        #expect(table.batches.withLock { $0 } == [[0], [2]])
    }

    @Test func `many threads get each its own answer, all the time`() throws {
        let lookups = LoginLookups(usual: .microseconds(200), patience: .microseconds(300))
        let questions = try (0..<24).map { try question($0) }
        let table = table
        let right = Parallel.run(24) { number in
            (0..<2_000).count { _ in isRight(lookups.row(questions[number], by: table.read), questions[number]) }
        }
        #expect(right == [Int](repeating: 2_000, count: 24))
    }
}
