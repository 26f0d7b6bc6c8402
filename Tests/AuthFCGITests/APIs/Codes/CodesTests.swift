import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// The API `codes`, word for word.
@Suite struct CodesTests {
    private var house: RoutedHouse
    private static let email = #"{"email":"user@example.com"}"#
    private static let login = #"{"email":"user@example.com","password":"password123"}"#

    init() throws { house = try Self.house() }

    private static func house(_ change: (inout Policy) -> Void = { _ in }) throws -> RoutedHouse {
        var policy = Policy()
        change(&policy)
        return try RoutedHouse(policy) {
            [Codes(realm: "codes", policy: $0), Contacts(realm: "contacts", policy: $0)]
        }
    }

    private func post(_ call: String, _ json: String, to house: RoutedHouse? = nil) -> RoutedHouse.Answer {
        (house ?? self.house).send("POST", "/api/v1/users/\(call)", json)
    }

    private func me(_ bearer: String?) -> RoutedHouse.Answer { house.send("GET", "/api/v1/users/me", bearer: bearer) }

    private func signUp(_ code: String, password: String = "password123") -> RoutedHouse.Answer {
        post(
            "signup-verify",
            #"{"email":"user@example.com","verificationCode":"\#(code)","password":"\#(password)"}"#)
    }

    private static func failure(_ message: String) -> String { #"{"message":"\#(message)"}"# }

    private static let refusedEmail = failure("User already registered or invalid email")
    private static let refusedCode = failure("Verification code expired or incorrect")

    @Test func `a code makes an account, and its password a login`() throws {
        let asked = post("get-code", Self.email)
        #expect(asked.status == 201)
        #expect(asked.body == #"{"status":"success","data":{"email":"user@example.com"}}"#)
        let made = signUp(try house.lastCode())
        let first = try #require(made.text("token"))
        #expect(made.status == 201)
        #expect(
            made.body == #"{"status":"success","message":"Email verified successfully","token":"\#(first)"}"#)
        let answer = post("login", Self.login)
        let second = try #require(answer.text("token"))
        #expect(answer.status == 200)
        #expect(answer.body == #"{"status":"success","token":"\#(second)"}"#)
        for token in [first, second] {
            let answer = me(token)
            let id = try #require(answer.text("data", "id"))
            #expect(AccountID(id) != nil)
            #expect(
                answer.body
                    == #"{"status":"success","data":{"id":"\#(id)","email":"user@example.com","isVerified":true}}"#)
        }
    }

    @Test func `the code stands in the answer only where the policy says so`() throws {
        let house = try Self.house { $0.revealsCodes = true }
        let answer = post("get-code", Self.email, to: house)
        let code = try house.lastCode()
        #expect(
            answer.body == #"{"status":"success","data":{"email":"user@example.com","verificationCode":"\#(code)"}}"#)
    }

    @Test(arguments: ["{}", #"{"email":""}"#, #"{"email":"no address"}"#])
    func `what is no email gets no code`(json: String) {
        for call in ["get-code", "resend-code"] {
            let answer = post(call, json)
            #expect(answer.status == 400)
            #expect(answer.body == Self.refusedEmail)
        }
        #expect(house.house.store.messages.isEmpty)
    }

    @Test mutating func `a registered email gets no code`() throws {
        _ = post("get-code", Self.email)
        _ = signUp(try house.lastCode())
        house.house.wait(.seconds(60))
        for call in ["get-code", "resend-code"] {
            let answer = post(call, Self.email)
            #expect(answer.status == 400)
            #expect(answer.body == Self.refusedEmail)
        }
    }

    @Test mutating func `a code is sent again after a minute to who asked for one`() throws {
        #expect(post("resend-code", Self.email).body == Self.failure("User not found"))
        #expect(post("resend-code", Self.email).status == 404)
        _ = post("get-code", Self.email)
        let old = try house.lastCode()
        for call in ["get-code", "resend-code"] {
            let answer = post(call, Self.email)
            #expect(answer.status == 429)
            #expect(answer.field("Retry-After") == "60")
        }
        house.house.wait(.seconds(60))
        let answer = post("resend-code", Self.email)
        #expect(answer.status == 201)
        #expect(answer.body == #"{"status":"success","message":"Verification code resent successfully"}"#)
        #expect(signUp(old).body == Self.refusedCode)
        #expect(signUp(try house.lastCode()).status == 201)
    }

    @Test mutating func `no code, a wrong one and an old one make no account`() throws {
        #expect(signUp("123456").status == 404)
        #expect(signUp("123456").body == Self.refusedCode)
        _ = post("get-code", Self.email)
        let code = try house.lastCode()
        for wrong in [code == "000000" ? "000001" : "000000", String(repeating: "1", count: 65), ""] {
            #expect(signUp(wrong).status == 400)
            #expect(signUp(wrong).body == Self.refusedCode)
        }
        house.house.wait(.seconds(600))
        #expect(signUp(code).status == 400)
        #expect(signUp(code).body == Self.refusedCode)
        #expect(house.house.store.accountCount == 0)
    }

    @Test(arguments: ["", "seven77", "user@example.com"])
    func `a refused password does not use the code up`(password: String) throws {
        _ = post("get-code", Self.email)
        let code = try house.lastCode()
        for _ in 1...10 {
            let answer = signUp(code, password: password)
            #expect(answer.status == 400)
            #expect(answer.body == Self.failure("Password must have 8 to 256 characters and be hard to guess"))
        }
        #expect(signUp(code).status == 201)
    }

    @Test(arguments: [
        (#"{"email":"user@example.com","password":"password124"}"#, 401, "Incorrect email or password"),
        (#"{"email":"nobody@example.com","password":"password123"}"#, 401, "Incorrect email or password"),
        (#"{"email":"no address","password":"password123"}"#, 401, "Incorrect email or password"),
        (#"{"email":"user@example.com"}"#, 400, "Please provide email and password"),
        (#"{"password":"password123"}"#, 400, "Please provide email and password"),
        ("{}", 400, "Please provide email and password"),
    ])
    func `a login that fails tells nothing more`(json: String, status: Int, message: String) throws {
        _ = post("get-code", Self.email)
        _ = signUp(try house.lastCode())
        let answer = post("login", json)
        #expect(answer.status == status)
        #expect(answer.body == Self.failure(message))
    }

    @Test func `without a good token nobody is told who they are`() throws {
        let contact = house.send(
            "POST", "/api/auth/register",
            #"{"fullName":"John Doe","email":"user@example.com","password":"password123"}"#)
        let token: String = try #require(contact.text("data", "token"))
        for bearer in [nil, "", "x", token] {
            let answer = me(bearer)
            #expect(answer.status == 401)
            #expect(answer.body == Self.failure("You are not logged in"))
            #expect(answer.field("WWW-Authenticate") == "Bearer")
        }
    }

    @Test func `where accounts are not revealed nothing tells that there is one`() throws {
        var house = try Self.house { $0.isUniform = true }
        _ = post("get-code", Self.email, to: house)
        let code = try house.lastCode()
        _ = house.send(
            "POST", "/api/v1/users/signup-verify",
            #"{"email":"user@example.com","verificationCode":"\#(code)","password":"password123"}"#)
        house.house.wait(.seconds(60))
        let sent = house.house.store.messages.count
        for call in ["get-code", "resend-code"] {
            house.house.wait(.seconds(60))
            let known = post(call, Self.email, to: house)
            #expect(known.status == 201)
            if call == "resend-code" {
                #expect(known.body == post(call, #"{"email":"nobody@example.com"}"#, to: house).body)
            }
        }
        #expect(house.house.store.messages.count == sent)
        for email in ["user@example.com", "third@example.com"] {
            let answer = post(
                "signup-verify", #"{"email":"\#(email)","verificationCode":"1","password":"password123"}"#, to: house)
            #expect(answer.status == 400)
            #expect(answer.body == Self.refusedCode)
        }
    }

    @Test(arguments: ["/api/v1/users", "/api/v1/users/", "/api/v1/users/nothing", "/api/v1/users/me/"])
    func `what lies under its base is refused in its envelope`(path: String) {
        let answer = house.send("GET", path)
        #expect(answer.status == 404)
        #expect(answer.body == Self.failure("Not found"))
    }

    @Test(arguments: ["/api/v1/user", "/api/v1/user/me", "/api/v1/usersx"])
    func `what only begins like its base is not its own`(path: String) {
        #expect(house.send("GET", path).body.contains("about:blank"))
    }
}
