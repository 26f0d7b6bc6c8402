import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// The API `contacts`, word for word.
@Suite struct ContactsTests {
    private var house: RoutedHouse
    private static let john = #"{"fullName":"John Doe","email":"john@example.com","password":"password123"}"#

    init() throws { house = try RoutedHouse { [Contacts(realm: "contacts", policy: $0)] } }

    private func post(_ call: String, _ json: String, bearer: String? = nil) -> RoutedHouse.Answer {
        house.send("POST", "/api/auth/\(call)", json, bearer: bearer)
    }

    private func me(_ bearer: String?) -> RoutedHouse.Answer { house.send("GET", "/api/auth/me", bearer: bearer) }

    /// The token of an account that is made.
    private func register() throws -> String { try #require(post("register", Self.john).text("data", "token")) }

    private static func failure(_ message: String) -> String {
        #"{"status":false,"message":"\#(message)","data":null}"#
    }

    @Test func `registering and logging in answer as the document has it`() throws {
        for (call, status, message) in [
            ("register", 201, "User registered successfully"), ("login", 200, "Login successful"),
        ] {
            let answer = post(call, Self.john)
            let id = try #require(answer.text("data", "_id"))
            let token = try #require(answer.text("data", "token"))
            #expect(answer.status == status)
            #expect(AccountID(id) != nil)
            #expect(
                answer.body == #"{"status":true,"message":"\#(message)","data":{"_id":"\#(id)","fullName":"John Doe","#
                    + #""email":"john@example.com","token":"\#(token)"}}"#)
            #expect(
                me(token).body == #"{"status":true,"message":"User data fetched successfully","data":{"id":"\#(id)","#
                    + #""fullName":"John Doe","email":"john@example.com"}}"#)
        }
    }

    @Test(arguments: [
        (#"{}"#, "Please add all fields"),
        (#"{"fullName":"J","email":"j@example.com"}"#, "Please add all fields"),
        (#"{"fullName":"","email":"j@example.com","password":"password123"}"#, "Please add all fields"),
        (#"{"fullName":null,"email":"j@example.com","password":"password123"}"#, "Please add all fields"),
        (#"{"fullName":"J","email":"j.example.com","password":"password123"}"#, "Please add a valid email"),
        (#"{"fullName":"\u0007","email":"j@example.com","password":"password123"}"#, "Please add a valid full name"),
        (
            #"{"fullName":"J","email":"j@example.com","password":"seven77"}"#,
            "Password must have 8 to 256 characters and be hard to guess"
        ),
    ])
    func `what cannot be registered is refused in words`(json: String, message: String) {
        let answer = post("register", json)
        #expect(answer.status == 400)
        #expect(answer.body == Self.failure(message))
        #expect(house.house.store.accountCount == 0)
    }

    @Test func `an email is registered once`() throws {
        _ = try register()
        let answer = post("register", Self.john.replacing("john@", with: "JOHN@"))
        #expect(answer.status == 400)
        #expect(answer.body == Self.failure("User already exists"))
    }

    @Test(arguments: [
        (#"{"email":"john@example.com","password":"password124"}"#, 401, "Invalid credentials"),
        (#"{"email":"nobody@example.com","password":"password123"}"#, 401, "Invalid credentials"),
        (#"{"email":"no address","password":"password123"}"#, 401, "Invalid credentials"),
        (#"{"email":"john@example.com"}"#, 400, "Please add all fields"),
        (#"{"password":"password123"}"#, 400, "Please add all fields"),
    ])
    func `a login that fails tells nothing more`(json: String, status: Int, message: String) throws {
        _ = try register()
        let answer = post("login", json)
        #expect(answer.status == status)
        #expect(answer.body == Self.failure(message))
        #expect(answer.field("WWW-Authenticate") == nil)
    }

    @Test func `no token and a bad one are told apart`() throws {
        let token = try register()
        for (bearer, message) in [
            (nil, "no token"), ("", "no token"), ("x", "token failed"), (token + "A", "token failed"),
        ] {
            for answer in [me(bearer), post("check-registered", #"{"identifiers":[]}"#, bearer: bearer)] {
                #expect(answer.status == 401)
                #expect(answer.body == Self.failure("Not authorized, \(message)"))
                #expect(answer.field("WWW-Authenticate") == "Bearer")
            }
        }
    }

    @Test func `a token whose account is gone is told so`() throws {
        let other = try RoutedHouse { [Contacts(realm: "contacts", policy: $0)] }
        let token = try #require(other.send("POST", "/api/auth/register", Self.john).text("data", "token"))
        let answer = me(token)
        #expect(answer.status == 404)
        #expect(answer.body == Self.failure("User not found"))
        #expect(post("check-registered", #"{"identifiers":["x"]}"#, bearer: token).status == 401)
    }

    @Test mutating func `a token is good for thirty days, used or not`() throws {
        let token = try register()
        house.house.wait(.seconds(30 * 86_400 - 1))
        #expect(me(token).status == 200)
        house.house.wait(.seconds(1))
        #expect(me(token).body == Self.failure("Not authorized, token failed"))
    }

    @Test func `a token is worth nothing for another tenant`() throws {
        let token = try register()
        #expect(house.send("GET", "/api/auth/me", bearer: token, tenant: "other").status == 401)
    }

    @Test func `asking for a code answers the same whatever happens`() throws {
        let token = try register()
        let sent = #"{"status":true,"message":"Success, an OTP has been sent.","data":null}"#
        for (email, messages) in [
            ("john@example.com", 1), ("JOHN@example.com", 1), ("nobody@example.com", 1), ("no address", 1),
        ] {
            let answer = post("forgot-password", #"{"email":"\#(email)"}"#)
            #expect(answer.status == 200)
            #expect(answer.body == sent)
            #expect(answer.field("Retry-After") == nil)
            #expect(house.house.store.messages.count == messages)
        }
        #expect(me(token).status == 200)
    }

    @Test func `a code becomes a reset token and that a new password`() throws {
        let token = try register()
        _ = post("forgot-password", #"{"email":"john@example.com"}"#)
        let code = try house.lastCode()
        let verified = post("verify-otp", #"{"email":"john@example.com","otp":"\#(code)"}"#)
        let reset = try #require(verified.text("data", "resetToken"))
        #expect(verified.status == 200)
        #expect(
            verified.body
                == #"{"status":true,"message":"OTP verified successfully","data":{"resetToken":"\#(reset)"}}"#)
        #expect(me(reset).body == Self.failure("Not authorized, token failed"))
        let body = #"{"resetToken":"\#(reset)","newPassword":"newpassword123"}"#
        #expect(post("reset-password", body.replacing("newpassword123", with: "short")).status == 400)
        #expect(me(token).status == 200)
        #expect(
            post("reset-password", body).body
                == #"{"status":true,"message":"Password reset successfully","data":null}"#)
        #expect(post("reset-password", body).body == Self.failure("Invalid or expired reset token"))
        #expect(me(token).status == 401)
        #expect(post("login", Self.john).status == 401)
        #expect(post("login", Self.john.replacing("password123", with: "newpassword123")).status == 200)
    }

    @Test func `codes and reset tokens that are none are refused in one way each`() throws {
        let token = try register()
        _ = post("forgot-password", #"{"email":"john@example.com"}"#)
        let code = try house.lastCode() == "000000" ? "000001" : "000000"
        let long = String(repeating: "1", count: 65)
        for (email, otp) in [
            ("john@example.com", code), ("nobody@example.com", code), ("no address", code),
            ("john@example.com", long),
        ] {
            let answer = post("verify-otp", #"{"email":"\#(email)","otp":"\#(otp)"}"#)
            #expect(answer.status == 400)
            #expect(answer.body == Self.failure("Invalid or expired OTP"))
        }
        for reset in ["x", token] {
            let answer = post("reset-password", #"{"resetToken":"\#(reset)","newPassword":"newpassword123"}"#)
            #expect(answer.status == 400)
            #expect(answer.body == Self.failure("Invalid or expired reset token"))
        }
        #expect(post("verify-otp", "{}").body == Self.failure("Please add all fields"))
        #expect(post("reset-password", "{}").body == Self.failure("Please add all fields"))
    }

    @Test func `registered contacts come in the order asked for`() throws {
        let token = try register()
        let jane = post("register", #"{"fullName":"Jane","email":"jane@example.com","password":"password123"}"#)
        let (john, id) = (try #require(me(token).text("data", "id")), try #require(jane.text("data", "_id")))
        let answer = post(
            "check-registered", #"{"identifiers":["Jane@example.com","x","john@example.com","jane@example.com"]}"#,
            bearer: token)
        #expect(answer.status == 200)
        #expect(
            answer.body == #"{"status":true,"message":"Registered users fetched successfully","#
                + #""data":{"registeredUsers":["#
                + #"{"identifier":"Jane@example.com","userId":"\#(id)","fullName":"Jane"},"#
                + #"{"identifier":"john@example.com","userId":"\#(john)","fullName":"John Doe"}]}}"#)
    }

    @Test(arguments: ["{}", "[]", "null", #""john@example.com""#, "1", "[1]", #"["x",null]"#, #"[["x"]]"#])
    func `what is no list of texts is refused in the document's words`(value: String) throws {
        let token = try register()
        let answer = post("check-registered", #"{"identifiers":\#(value)}"#, bearer: token)
        #expect(answer.status == 400)
        #expect(answer.body == Self.failure("Please provide identifiers array"))
    }

    @Test func `the twenty-first question of a minute has to wait`() throws {
        let token = try register()
        for _ in 1...20 {
            #expect(post("check-registered", #"{"identifiers":["x"]}"#, bearer: token).status == 200)
        }
        let answer = post("check-registered", #"{"identifiers":["x"]}"#, bearer: token)
        #expect(answer.status == 429)
        #expect(answer.body == Self.failure("Too many requests"))
        #expect(answer.field("Retry-After") == "60")
    }

    @Test(arguments: ["/api/auth", "/api/auth/", "/api/auth/nothing", "/api/auth/me/"])
    func `what lies under its base is refused in its envelope`(path: String) {
        let answer = house.send("GET", path)
        #expect(answer.status == 404)
        #expect(answer.body == Self.failure("Not found"))
        #expect(house.send("GET", "/api/authx").body.contains("about:blank"))
    }
}
