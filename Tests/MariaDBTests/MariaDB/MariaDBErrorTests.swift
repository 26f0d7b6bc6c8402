import Testing

@testable import AuthFCGI

struct MariaDBErrorTests {
    @Test func `a duplicate key names the key and not the value`() {
        let error = MariaDBError(
            code: 1062, serverMessage: "Duplicate entry 'it's a 'secret' for key 'x'' for key 'email'")
        #expect(error.kind == .duplicateKey(name: "email"))
        #expect(!error.message.contains("secret"))
    }

    @Test func `a message that may hold a value is kept without it`() {
        let error = MariaDBError(
            code: 1366, serverMessage: "Incorrect string value: 'sec'ret' for column `a`.`b` at row 1")
        #expect(error.message == "Incorrect string value: '…' for column `a`.`b` at row 1")
    }

    @Test func `settings never print their password`() {
        let settings = MariaDBSettings(
            hosts: [.socket("/s")], user: "u", password: "secret", database: "d", connectTimeout: .seconds(1),
            queryTimeout: .seconds(1), tls: .off)
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings) \(String(reflecting: settings)) \(dumped)".contains("secret"))
    }

    @Test(
        arguments: [
            (1213, .retryable), (1205, .retryable), (1020, .retryable), (1290, .lost), (1836, .lost), (2006, .lost),
            (2013, .lost), (1927, .lost), (1053, .lost), (1047, .lost), (1969, .timeout), (1064, .other),
        ] as [(UInt32, MariaDBError.Kind)])
    func `a number is judged`(code: UInt32, kind: MariaDBError.Kind) {
        #expect(MariaDBError(code: code, serverMessage: "").kind == kind)
    }
}
