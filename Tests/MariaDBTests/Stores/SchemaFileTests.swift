import Foundation
import Testing

@testable import AuthFCGI

/// `deploy/schema.sql` and the migrations come to the same.
@Suite(.enabled(if: TestDatabase.isThere))
struct SchemaFileTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../deploy/schema.sql")

    /// Each table as the server says it would make it.
    private func tables(_ connection: MariaDBConnection) throws -> [String: String] {
        let names = try connection.rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name")
        var tables: [String: String] = [:]
        for row in names {
            let name = try row.text(0)
            tables[name] = try columns(of: name, connection) + keys(of: name, connection)
        }
        return tables
    }

    private func columns(of table: String, _ connection: MariaDBConnection) throws -> String {
        try connection.rows(
            """
            SELECT CONCAT_WS(' ', column_name, column_type, is_nullable, COALESCE(column_default, '-'),
              COALESCE(collation_name, '-'), extra)
            FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position
            """, [.text(table)]
        ).map { try $0.text(0) }.joined(separator: "\n")
    }

    private func keys(of table: String, _ connection: MariaDBConnection) throws -> String {
        let indexes = try connection.rows(
            """
            SELECT CONCAT_WS(' ', index_name, seq_in_index, column_name, non_unique)
            FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ?
            ORDER BY index_name, seq_in_index
            """, [.text(table)])
        let references = try connection.rows(
            """
            SELECT CONCAT_WS(' ', constraint_name, referenced_table_name, delete_rule, update_rule)
            FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() AND table_name = ?
            ORDER BY constraint_name
            """, [.text(table)])
        let form = try connection.row(
            """
            SELECT CONCAT_WS(' ', engine, table_collation) FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = ?
            """, [.text(table)])
        return try (indexes + references + [try #require(form)]).map { try $0.text(0) }.joined(separator: "\n")
    }

    @Test func `the schema file makes the tables that the migrations make (if not: scripts/schema)`() throws {
        let migrated = try TestDatabase.migrated()
        let loaded = try TestDatabase()
        try MariaDBConnection(loaded.settings).script(try String(contentsOf: Self.file, encoding: .utf8))
        let expected = try tables(MariaDBConnection(migrated.settings))
        #expect(expected.count >= 7)
        let found = try tables(MariaDBConnection(loaded.settings))
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (name, table) in expected { #expect(found[name] == table, "\(name)") }
    }

    @Test func `a database made from the schema file counts as migrated`() throws {
        let loaded = try TestDatabase()
        try MariaDBConnection(loaded.settings).script(try String(contentsOf: Self.file, encoding: .utf8))
        let runner = MigrationRunner(loaded.settings, Migrations.all)
        #expect(try runner.status().allSatisfy { $0.appliedAt != nil })
        #expect(try runner.run().isEmpty)
    }
}
