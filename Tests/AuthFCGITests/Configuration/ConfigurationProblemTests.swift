import Testing

@testable import AuthFCGI

/// What is refused, and in which words.
struct ConfigurationProblemTests {
    /// The complaints about a text, a line each.
    static func complaints(_ text: String) -> [String] {
        do throws(ConfigurationProblems) {
            _ = try Configuration.load(text: text, name: "f")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    static let bad: [(text: String, complaints: [String])] = [
        ("[otp]\ndigits = \"six\"", [#"f:2: [otp] digits: "six" is a text; accepted: an integer from 6 to 10"#]),
        ("\n\n[otp]\n\ndigits = 40", ["f:5: [otp] digits: 40 is out of range; accepted: an integer from 6 to 10"]),
        ("otp.digits = 5", ["f:1: [otp] digits: 5 is out of range; accepted: an integer from 6 to 10"]),
        ("# x\notp = { digits = 5 }", ["f:2: [otp] digits: 5 is out of range; accepted: an integer from 6 to 10"]),
        (
            "[otp]\nmax_attempts = 21",
            ["f:2: [otp] max_attempts: 21 is out of range; accepted: an integer from 1 to 20"]
        ),
        (
            "[otp]\nttl = 10",
            [#"f:2: [otp] ttl: 10 is an integer; accepted: a duration such as "15m" (ms, s, m, h, d), from 30s to 1d"#]
        ),
        (
            "[otp]\nttl = \"ten\"",
            [
                #"f:2: [otp] ttl: "ten" is no duration; accepted: a duration such as "15m" (ms, s, m, h, d), from 30s to 1d"#
            ]
        ),
        (
            "[otp]\nttl = \"99999999999999999999d\"",
            [
                #"f:2: [otp] ttl: "99999999999999999999d" is no duration; "#
                    + #"accepted: a duration such as "15m" (ms, s, m, h, d), from 30s to 1d"#
            ]
        ),
        ("[otp]\ndigts = 6", [#"f:2: [otp] digts: no such key; did you mean "digits"?"#]),
        ("[otp]\nidle = \"1h\"", ["f:2: [otp] idle: no such key; did you mean it in [sessions]?"]),
        ("[otp]\nxyzzy = 1", ["f:2: [otp] xyzzy: no such key"]),
        ("digits = 6", ["f:1: digits: no such key; did you mean it in [otp]?"]),
        ("[sesions]\nidle = \"1h\"", ["f:1: [sesions]: no such section; did you mean [sessions]?"]),
        ("[api.twakes]\n", ["f:1: [api.twakes]: no such section; did you mean [api.twake]?"]),
        ("[api]\ntwake = true", ["f:2: [api.twake]: is a section, not a key; accepted: [api.twake] and keys below it"]),
        ("server = 1", ["f:1: [server]: is a section, not a key; accepted: [server] and keys below it"]),
        ("[otp.digits]\na = 1", ["f:1: [otp] digits: the value is a table; accepted: an integer from 6 to 10"]),
        (
            "[otp]\ndigits = 6.5",
            ["f:2: [otp] digits: the value is a number with a fraction; accepted: an integer from 6 to 10"]
        ),
        ("[password]\nstrict = \"yes\"", [#"f:2: [password] strict: "yes" is a text; accepted: true or false"#]),
        (
            "[log]\nlevel = \"loud\"",
            [
                #"f:2: [log] level: "loud" is no known word; "#
                    + #"accepted: one of "trace", "debug", "info", "notice", "warning", "error", "critical""#
            ]
        ),
        (
            "[monitor]\nallow = [\"::1\",\n \"10.0.0.1/8\"]",
            [
                #"f:2: [monitor] allow: element 2 of ["::1", "10.0.0.1/8"] is not right; "#
                    + #"accepted: a list of texts, each an address or block such as "10.0.0.0/8" or "::1""#
            ]
        ),
        (
            "[server]\nlisten = []",
            [
                "f:2: [server] listen: too few elements; "
                    + #"accepted: a list of texts, each "systemd", "fd:0", "unix:/PATH" or "tcp:HOST:PORT""#
            ]
        ),
        (
            "[server]\nprocesses = 65\nthreads = 513\n[otp]\ndigits = 0\nfoo_bar = 1",
            [
                "f:2: [server] processes: 65 is out of range; accepted: an integer from 1 to 64",
                "f:3: [server] threads: 513 is out of range; accepted: an integer from 1 to 512",
                "f:5: [otp] digits: 0 is out of range; accepted: an integer from 6 to 10",
                "f:6: [otp] foo_bar: no such key",
            ]
        ),
        ("[otp]\n\"a\\u0000\" = 1", ["f:2: a NUL character; accepted: any other"]),
        ("a\u{0}b", ["f:1: a NUL character; accepted: any other"]),
    ]

    @Test(arguments: bad)
    func `every problem is named with its line and what is accepted`(text: String, expected: [String]) {
        #expect(Self.complaints(text) == expected)
    }

    static let crossed: [(text: String, complaint: String)] = [
        (
            "[security]\nreveal_codes = true\n",
            "f:2: [security] reveal_codes: codes stand in answers while mail goes out"
        ),
        ("[mail]\ntransport = \"sendmail\"", "f: [site] public_url: empty while messages go out"),
        (
            "[mail]\ntransport = \"off\"\n[sms]\ntransport = \"http\"\nurl = \"https://s.example/\"",
            "f: [site] public_url: empty"
        ),
        ("[mail]\ntransport = \"file\"", "f: [mail] directory: empty"),
        ("mail.transport = \"off\"\n[sms]\ntransport = \"file\"", "f: [sms] directory: empty"),
        ("site.public_url = \"https://a.b\"\n[sms]\ntransport = \"http\"", "f: [sms] url: empty"),
        ("[api.ride]\nnotices = [\"new-device\"]", "f:2: [api.ride] notices: \"new-device\" has a link"),
        (
            "site.public_url = \"https://a.b\"\n[sms]\ntransport = \"command\"\ncommand = [\"send\"]",
            "f:4: [sms] command: "
        ),
        ("site.public_url = \"https://a.b\"\n[mail]\nuser = \"u\"", "f: [mail] password_file: empty"),
        ("[sessions]\n\nidle = \"31d\"", "f:3: [sessions] idle: longer than sessions.absolute"),
        ("[tokens]\naccess_ttl = \"31d\"", "f:2: [tokens] access_ttl: longer"),
        ("[otp]\nattempts_per_day = 4", "f:2: [otp] attempts_per_day: less"),
        ("[cookies]\nsame_site = \"none\"\nsecure = \"never\"", "f:2: [cookies] same_site: browsers refuse"),
        ("[api.ride]\ncaptain_realm = \"riders\"", "f:2: [api.ride] captain_realm: the same"),
        ("[server]\nlisten = [\"fd:0\", \"fd:0\"]", "f:2: [server] listen: a listener is named twice"),
        ("[database]\nhosts = [\"db.example.org\"]", "f: [database] password_file: empty"),
    ]

    @Test(arguments: crossed)
    func `keys that contradict each other are refused`(text: String, complaint: String) throws {
        let complaints = Self.complaints(text)
        #expect(complaints.count == 1)
        #expect(try #require(complaints.first).hasPrefix(complaint))
    }

    @Test(arguments: [
        ("[otp]\ndigits = ", 2), ("[otp]\ndigits = 6\ndigits = 7", 3), ("[otp\n", 1), ("[otp]\n[otp]\n", 2),
        ("a = \"x", 1), ("\n\n= 1", 3),
    ])
    func `what is no TOML is refused with its line`(text: String, line: Int) throws {
        let complaints = Self.complaints(text)
        #expect(complaints.count == 1)
        #expect(try #require(complaints.first).hasPrefix("f:\(line): not TOML: "))
    }

    @Test(arguments: [
        "[mail]\nurl = \"smtp://user:hunter2@host\"", "[site]\npublic_url = \"https://user:hunter2@host\"",
        "[sms]\ncommand = [\"x\", \"hunter2\\n\"]", "[database]\npassword = \"hunter2\"", "[sms]\nbody = \"hunter2\"",
    ])
    func `a password that was written into the file is not repeated`(text: String) {
        let complaints = Self.complaints(text)
        #expect(!complaints.isEmpty)
        #expect(!complaints.joined().contains("hunter2"))
    }

    @Test func `a line beyond all use is refused before it is parsed`() {
        let text = "a" + String(repeating: ".a", count: 100_000) + " = 1"
        #expect(Self.complaints(text) == ["f:1: the line is too long; accepted: at most 4096 octets"])
    }
}
