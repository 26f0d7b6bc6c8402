import AuthTestSupport
import Testing

@testable import AuthFCGI

@Suite(.enabled(if: TestDatabase.isThere))
struct MariaDBMigrationTests {
    let database = Result { try TestDatabase() }
    let first = Migration(
        number: 1, name: "first",
        statements:
            "CREATE TABLE IF NOT EXISTS a (id INT PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS b (id INT PRIMARY KEY);\n")
    let second = Migration(number: 2, name: "second", statements: "CREATE TABLE IF NOT EXISTS c (id INT PRIMARY KEY)")

    private func failure(_ body: () throws(MigrationError) -> Void) -> MigrationError? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func `migrations are applied once and listed`() throws {
        let settings = try database.get().settings
        #expect(try MigrationRunner(settings, [first]).status().map(\.appliedAt) == [nil])
        #expect(try MigrationRunner(settings, [first]).run() == [first])
        #expect(try MigrationRunner(settings, [first]).run() == [])
        #expect(try MigrationRunner(settings, [first, second]).run() == [second])
        let status = try MigrationRunner(settings, [first, second]).status()
        #expect(status.map(\.name) == ["first", "second"])
        #expect(status.allSatisfy { $0.appliedAt != nil })
        #expect(
            try MariaDBConnection(settings).rows("SELECT id FROM a UNION SELECT id FROM b UNION SELECT id FROM c")
                .isEmpty)
    }

    @Test func `four at once apply each migration once`() throws {
        let database = try database.get()
        let (first, second) = (first, second)
        let counts = Parallel.run(4) { _ in
            (try? MigrationRunner(database.settings, [first, second]).run().count) ?? -1
        }
        #expect(counts.sorted() == [0, 0, 0, 2])
    }

    @Test func `a changed migration is refused`() throws {
        let settings = try database.get().settings
        _ = try MigrationRunner(settings, [first]).run()
        let changed = Migration(number: 1, name: "first", statements: first.statements + " ")
        #expect(
            failure { () throws(MigrationError) in _ = try MigrationRunner(settings, [changed]).run() }
                == .changed(number: 1))
        #expect(
            failure { () throws(MigrationError) in _ = try MigrationRunner(settings, [changed]).status() }
                == .changed(number: 1))
    }

    @Test func `a schema newer than the program is refused`() throws {
        let settings = try database.get().settings
        _ = try MigrationRunner(settings, [first, second]).run()
        #expect(
            failure { () throws(MigrationError) in _ = try MigrationRunner(settings, [first]).run() }
                == .unknown(number: 2))
    }

    @Test func `a migration that failed half way is taken up again`() throws {
        let settings = try database.get().settings
        let broken = Migration(number: 1, name: "first", statements: first.statements + "CREATE TABLE;")
        let error = failure { () throws(MigrationError) in _ = try MigrationRunner(settings, [broken]).run() }
        guard case .database(let cause) = error else {
            Issue.record("not refused")
            return
        }
        #expect(cause.code == 1064)
        #expect(try MigrationRunner(settings, [first]).run() == [first])
    }

    @Test func `one who waits too long for another is told`() throws {
        let settings = try database.get().settings
        let holder = MariaDBConnection(settings)
        _ = try holder.row("SELECT GET_LOCK(CONCAT('schema_migration.', LEFT(SHA2(DATABASE(), 256), 32)), 0)")
        let runner = MigrationRunner(settings, [first], lockWait: .seconds(1))
        #expect(failure { () throws(MigrationError) in _ = try runner.run() } == .busy)
    }
}
