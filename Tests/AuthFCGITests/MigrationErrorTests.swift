import Testing

@testable import AuthFCGI

@Suite struct MigrationErrorTests {
    @Test(
        arguments: [
            (
                .database(MariaDBError(.refused, code: 2002, "no such socket")),
                "database: MariaDB refused (2002): no such socket"
            ),
            (.changed(number: 3), "database: migration 3 was applied in another form than this program has"),
            (.unknown(number: 4), "database: the schema has migration 4, which this program does not know"),
            (.busy, "database: somebody else migrates the schema"),
            (.misnumbered, "the program's migrations are not numbered 1, 2, 3 and so on"),
        ] as [(MigrationError, String)])
    func `an error is a sentence`(error: MigrationError, sentence: String) {
        #expect("\(error)" == sentence)
    }
}
