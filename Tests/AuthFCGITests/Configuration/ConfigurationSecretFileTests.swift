import Testing

@testable import AuthFCGI

/// Secrets lie in files that only their owner and group may read.
struct ConfigurationSecretFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `a secret is what its file holds`() throws {
        let file = Configuration.SecretFile(try directory.write("pass word\n", to: "s"))
        #expect(try file.read() == Array("pass word\n".utf8))
        #expect(try file.readLine() == "pass word")
    }

    @Test(arguments: [0o644, 0o604, 0o602, 0o601] as [UInt32])
    func `a file that others may touch is refused with the cure`(mode: UInt32) throws {
        let path = try directory.write("secret", to: "s", mode: mode)
        let fault = #expect(throws: Configuration.SecretFile.Fault.self) { try Configuration.SecretFile(path).read() }
        #expect(fault?.description == "\(path): everybody may read it; cure: chmod 0640 \(path)")
    }

    @Test func `a missing file of keys says how it is made`() {
        let file = Configuration.SecretFile("\(directory.path)/k")
        let keys = #expect(throws: Configuration.SecretFile.Fault.self) { try file.read(isKeyFile: true) }
        #expect(keys?.description == "\(file.path): no such file; make it with: authfcgi keys generate \(file.path)")
        let password = #expect(throws: Configuration.SecretFile.Fault.self) { try file.readLine() }
        #expect(password?.description == "\(file.path): no such file")
    }

    @Test func `an empty file and an empty line are no secret`() throws {
        let empty = Configuration.SecretFile(try directory.write("", to: "e"))
        #expect(throws: Configuration.SecretFile.Fault.empty(path: empty.path)) { try empty.read() }
        let line = Configuration.SecretFile(try directory.write("\nx", to: "l"))
        #expect(throws: Configuration.SecretFile.Fault.empty(path: line.path)) { try line.readLine() }
    }
}
