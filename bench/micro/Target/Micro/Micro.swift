import AuthDomain
import Glibc

/// `authfcgi-micro MILLISECONDS CONFIG`: what single operations cost, each measured for so long. The service's own
/// configuration says which APIs the router has; no database is asked.
@main
struct Micro {
    /// A word on the command line is wrong, or a sample is.
    struct Unusable: Error {}

    static func main() throws {
        guard CommandLine.arguments.count == 3, let milliseconds = Int(CommandLine.arguments[1]),
            let samples = try Samples()
        else { throw Unusable() }
        var watch = Stopwatch(time: .milliseconds(milliseconds))
        try json(samples, &watch)
        try cookies(samples, &watch)
        try tokens(samples, &watch)
        try routing(CommandLine.arguments[2], samples, &watch)
        try logging(&watch)
        // Nothing of the above can be left out by the compiler.
        if watch.sum == 42 { print() }
    }

    private static func json(_ samples: Samples, _ watch: inout Stopwatch) throws {
        try watch.measure("JSON read, login body of \(samples.login.count) octets") {
            try members(JSONParser.parse(samples.login))
        }
        try watch.measure("JSON read, registration body of \(samples.registration.count) octets") {
            try members(JSONParser.parse(samples.registration))
        }
        watch.measure("JSON write, session answer of \(samples.profile.octets.count) octets") {
            samples.profile.octets.count
        }
    }

    private static func members(_ value: JSONValue) -> Int {
        if case .object(let object) = value { object.members.count } else { 0 }
    }

    private static func cookies(_ samples: Samples, _ watch: inout Stopwatch) throws {
        let sealer = try CookieSealer(keys: samples.ring, random: SystemRandom())
        let name = "compass.session"
        let sealed = try sealer.seal(samples.session.octets, cookie: name, realm: samples.realm)
        try watch.measure("cookie, seal") {
            try sealer.seal(samples.session.octets, cookie: name, realm: samples.realm).utf8.count
        }
        try watch.measure("cookie, open") {
            guard let octets = sealer.open(sealed, cookie: name, realm: samples.realm) else { throw Unusable() }
            return octets.count
        }
        let forged = String(sealed.dropLast(1)) + (sealed.hasSuffix("A") ? "E" : "A")
        try watch.measure("cookie, refuse a forged one") {
            guard sealer.open(forged, cookie: name, realm: samples.realm) == nil else { throw Unusable() }
            return 1
        }
    }

    private static func tokens(_ samples: Samples, _ watch: inout Stopwatch) throws {
        let token = Token(session: samples.session, account: samples.account)
        let end = samples.now + .seconds(600)
        for algorithm in [TokenAlgorithm.hs256, .edDSA] {
            let mint = try samples.tokens(algorithm)
            func issue() throws -> String {
                try mint.issue(.bearer, token, realm: samples.realm, at: samples.now, expires: end)
            }
            func check(_ text: String) throws -> Int {
                guard let token = mint.read(text, as: .bearer, realm: samples.realm, at: samples.now) else {
                    throw Unusable()
                }
                return token.session.octets.count
            }
            let name = "token, \(algorithm.rawValue)"
            try watch.measure("\(name), sign") { try issue().utf8.count }
            // More different tokens than signatures are remembered, so that each is checked anew.
            let many = try (0..<10_000).map { _ in try issue() }
            var next = 0
            try watch.measure("\(name), check") {
                next = next + 1 == many.count ? 0 : next + 1
                return try check(many[next])
            }
            if algorithm == .edDSA {
                try watch.measure("\(name), check one whose signature is remembered") { try check(many[0]) }
            }
        }
    }
}
