import AuthDomain
import Foundation
import Testing

@testable import AuthFCGI

@Suite struct CommonPasswordsTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../deploy/common-passwords.txt").standardizedFileURL.path

    /// What the documents' examples say.
    static let examples = [
        "password123", "securepassword", "newsecurepassword", "Secure@123", "NewSecure@123", "yourSecurePassword123",
        "newSecurePassword123", "newpassword123", "SecurePass123+",
    ]

    private func policy(_ password: Configuration.Password) throws -> PasswordPolicy {
        var policy = PasswordPolicy()
        policy.blocklist = try CommonPasswords.list(password)
        return policy
    }

    private func shipped(isStrict: Bool) throws -> PasswordPolicy {
        var password = Configuration.Password()
        password.blocklist = Self.file
        password.isStrict = isStrict
        return try policy(password)
    }

    @Test(arguments: [
        "password", "Password1", "12345678", "QWERTYUIOP", "P@ssw0rd", "iloveyou", "letmein123", "1q2w3e4r",
    ])
    func `what everybody tries first is refused, however it is capitalised`(text: String) throws {
        #expect(try shipped(isStrict: false).accepts(Password(text), of: []) == false)
        #expect(try shipped(isStrict: true).accepts(Password(text), of: []) == false)
    }

    @Test(arguments: examples)
    func `the documents' examples are refused where the configuration is strict`(text: String) throws {
        #expect(try shipped(isStrict: false).accepts(Password(text), of: []))
        #expect(try shipped(isStrict: true).accepts(Password(text), of: []) == false)
        #expect(try shipped(isStrict: true).accepts(Password(text.uppercased()), of: []) == false)
    }

    @Test func `the shipped list has hundreds of entries, each once, in lower case and of a length that matters`()
        throws
    {
        let lines = try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n").filter {
            !$0.hasPrefix("#")
        }
        #expect(lines.count >= 500)
        #expect(Set(lines).count == lines.count)
        #expect(lines.filter { $0 != $0.lowercased() || $0.unicodeScalars.count < 8 }.isEmpty)
    }

    @Test func `a list that is named and not there is told`() throws {
        var password = Configuration.Password()
        password.blocklist = Self.file + ".none"
        #expect(throws: StartFailure.self) { try CommonPasswords.list(password) }
        password.blocklist = nil
        #expect(try CommonPasswords.list(password).isEmpty)
    }
}
