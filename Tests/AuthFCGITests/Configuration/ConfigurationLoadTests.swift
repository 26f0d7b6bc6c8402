import Testing

@testable import AuthFCGI

/// Files, drop-ins, the environment and credentials, one over another.
struct ConfigurationLoadTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func problems(_ path: String, _ environment: [String: String] = [:]) -> [String] {
        do throws(ConfigurationProblems) {
            _ = try Configuration.load(path: path, environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test func `an empty file gives the defaults`() throws {
        let path = try directory.write("", to: "a.toml")
        let (configuration, warnings) = try Configuration.load(path: path, environment: [:])
        #expect(configuration == Configuration())
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("\(path): [site] public_url: empty while messages go out") == true)
    }

    @Test func `the file is over the defaults, drop-ins over the file in order, the environment over all`() throws {
        let path = try directory.write("[otp]\ndigits = 7\nper_hour = 7\nmax_attempts = 7\n", to: "authfcgi.toml")
        try directory.write("otp.per_hour = 9\notp.max_attempts = 9\n", to: "authfcgi.d/20.toml")
        try directory.write("otp.per_hour = 8\notp.max_attempts = 8\n", to: "authfcgi.d/10.toml")
        try directory.write("otp.per_hour = 99\n", to: "authfcgi.d/30.toml.bak")
        try directory.write("otp.per_hour = 99\n", to: "authfcgi.d/.40.toml")
        let environment = ["AUTHFCGI_OTP_MAX_ATTEMPTS": "10"]
        let otp = try Configuration.load(path: path, environment: environment).configuration.otp
        #expect(otp.digits == 7)
        #expect(otp.perHour == 9)
        #expect(otp.maxAttempts == 10)
        #expect(otp.ttl == .seconds(600))
    }

    @Test func `the environment has every kind of value`() throws {
        let path = try directory.write("[monitor]\nallow = [\"::1\"]\n", to: "a.toml")
        let environment = [
            "AUTHFCGI_OTP_RESEND_AFTER": "5s", "AUTHFCGI_API_TWAKE_REALM": "people", "AUTHFCGI_PASSWORD_STRICT": "true",
            "AUTHFCGI_SERVER_LISTEN": "fd:0, tcp:[::1]:9180 ,unix:/run/a", "AUTHFCGI_MONITOR_ALLOW": "",
            "AUTHFCGI_SERVER_MAX_BODY": "1MiB", "AUTHFCGI_PHONE_DEFAULT_CALLING_CODE": "", "PATH": "/bin",
            "AUTHFCGI_TEST_X": "1", "AUTHFCGI_RACE_ROUNDS": "1", "AUTHFCGI_BIN": "1", "AUTHFCGI_MAIL_TRANSPORT": "off",
        ]
        let (configuration, warnings) = try Configuration.load(path: path, environment: environment)
        #expect(configuration.otp.resendAfter == .seconds(5))
        #expect(configuration.api.twake.realm == "people")
        #expect(configuration.password.isStrict)
        #expect(
            configuration.server.listen == [.descriptor, .tcp(host: "::1", port: 9180), .unix(path: "/run/a")])
        #expect(configuration.monitor.allow.isEmpty)
        #expect(configuration.server.maxBody == 1_048_576)
        #expect(configuration.phone.defaultCallingCode == nil)
        #expect(!warnings.contains { $0.contains("no such key") })
    }

    @Test func `a variable that is no key is a warning without its value`() throws {
        let path = try directory.write("", to: "a.toml")
        let warnings = try Configuration.load(path: path, environment: ["AUTHFCGI_OTP_DIGIT": "hunter2"]).warnings
        #expect(warnings.first == #"environment AUTHFCGI_OTP_DIGIT: no such key; did you mean "AUTHFCGI_OTP_DIGITS"?"#)
    }

    @Test func `problems of all sources come at once`() throws {
        let path = try directory.write("[otp]\ndigits = 1\n", to: "authfcgi.toml")
        let dropIn = try directory.write("\notp.digits = 2\n", to: "authfcgi.d/x.toml")
        #expect(
            problems(path, ["AUTHFCGI_OTP_DIGITS": "three"]) == [
                "\(path):2: [otp] digits: 1 is out of range; accepted: an integer from 6 to 10",
                "\(dropIn):2: [otp] digits: 2 is out of range; accepted: an integer from 6 to 10",
                "environment AUTHFCGI_OTP_DIGITS: [otp] digits: "
                    + #""three" is a text; accepted: an integer from 6 to 10"#,
            ])
    }

    @Test func `files that cannot be read are named`() throws {
        #expect(problems("\(directory.path)/none.toml") == ["\(directory.path)/none.toml: No such file or directory"])
        #expect(problems(directory.path) == ["\(directory.path): not a file"])
        let octets = try directory.write([0x23, 0x0A, 0x23, 0xFF, 0x0A], to: "b.toml")
        #expect(problems(octets) == ["\(octets):2: not UTF-8"])
        let large = try directory.write(String(repeating: "#\n", count: 600_000), to: "c.toml")
        #expect(problems(large) == ["\(large): larger than 1MiB"])
    }

    @Test(arguments: [
        ("db.example.org", "off", true), ("db.example.org", "required", false), ("127.0.0.1", "off", false),
    ])
    func `what goes to a database elsewhere in clear is a warning`(host: String, tls: String, warns: Bool) throws {
        let text = "[database]\nhosts = [\"\(host)\"]\ntls = \"\(tls)\"\npassword_file = \"/etc/password\"\n"
        let path = try directory.write(text, to: "a.toml")
        let warnings = try Configuration.load(path: path, environment: [:]).warnings
        #expect(warnings.contains { $0.contains("[database] tls: off") } == warns)
    }

    @Test func `limits of what messages cost are in force`() throws {
        let text = "[limits]\nmail_per_day = 5\n[mail]\ntransport = \"file\"\ndirectory = \"/tmp\"\n"
        let path = try directory.write(text, to: "a.toml")
        #expect(try Configuration.load(path: path, environment: [:]).warnings.isEmpty)
    }

    @Test func `what is not in force are keys of the table`() {
        for entry in Configuration.notYetInForce {
            let path = String(entry.prefix { $0 != "=" })
            #expect(
                Configuration.keys.contains { $0.path == path || "\($0.section).*" == path }, "\(entry) is no key")
        }
    }

    @Test func `a credential stands in for a key that is not set`() throws {
        try directory.write("x", to: "credentials/cookie.keys")
        try directory.write("x", to: "credentials/token.keys")
        let path = try directory.write("tokens.keys_file = \"/t\"", to: "a.toml")
        let environment = ["CREDENTIALS_DIRECTORY": directory.path + "/credentials"]
        let configuration = try Configuration.load(path: path, environment: environment).configuration
        #expect(configuration.cookies.keys.path == directory.path + "/credentials/cookie.keys")
        #expect(configuration.tokens.keys.path == "/t")
        #expect(configuration.database.password == nil)
        #expect(Set(ConfigurationLoader.credentials.keys).isSubset(of: Configuration.keys.map(\.path)))
    }
}
