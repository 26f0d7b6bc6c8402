import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

@Suite struct CompassRegistrationTests {
    @Test func `a sign-up tells the account's id, how long the code is good, and sets the cookie`() throws {
        let compass = try CompassHouse()
        let answer = compass.post("create", CompassHouse.whole)
        #expect(answer.status == 200)
        guard case .string(let id) = answer["user_id"] else { throw AuthError.unavailable }
        #expect(
            answer.body == #"{"message":"User created successfully, OTP sent","user_id":"\#(id)","expires_in":600}"#)
        #expect(AccountID(id) != nil)
        let token = try #require(answer.token)
        #expect(
            answer.all("Set-Cookie")
                == ["compass.session=\(token); Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"])
        #expect(compass.house.store.messages.map(\.address.key) == ["user@example.com"])
    }

    @Test(arguments: [
        (#"{}"#, "Missing required fields"),
        (#"{"password":"securepassword","first_name":"J","last_name":"D"}"#, "Missing required fields"),
        (
            #"{"email":"","phone_number":"","password":"securepassword","first_name":"J","last_name":"D"}"#,
            "Missing required fields"
        ),
        (#"{"email":"a@example.com","first_name":"J","last_name":"D"}"#, "Missing required fields"),
        (#"{"email":"a@example.com","password":"securepassword","last_name":"D"}"#, "Missing required fields"),
        (#"{"email":"a@example.com","password":"securepassword","first_name":"J"}"#, "Missing required fields"),
        (#"{"email":"a","password":"securepassword","first_name":"J","last_name":"D"}"#, "Invalid email"),
        (
            #"{"phone_number":"1","password":"securepassword","first_name":"J","last_name":"D"}"#,
            "Invalid phone number"
        ),
        (#"{"email":"a@example.com","password":"1234567","first_name":"J","last_name":"D"}"#, "Password is too weak"),
        (
            #"{"email":"a@example.com","password":"qwertyuiop","first_name":"J","last_name":"D"}"#,
            "Password is too weak"
        ),
        (
            #"{"email":"a@example.com","password":"securepassword","first_name":" ","last_name":"D"}"#,
            "Invalid first name"
        ),
        (
            #"{"email":"a@example.com","password":"securepassword","first_name":"J","last_name":"\n"}"#,
            "Invalid last name"
        ),
    ])
    func `a sign-up that cannot be is refused`(body: String, message: String) throws {
        let compass = try CompassHouse(blocklist: ["qwertyuiop"])
        expectRefusal(compass.post("create", body), 400, message)
        #expect(compass.house.store.messages.isEmpty)
    }

    @Test func `what an account has is taken`() throws {
        var compass = try CompassHouse()
        _ = try compass.join()
        expectRefusal(compass.post("create", CompassHouse.whole), 400, "User already exists")
    }

    @Test func `a second sign-up has to wait`() throws {
        let compass = try CompassHouse()
        _ = compass.post("create", CompassHouse.whole)
        let answer = compass.post("create", CompassHouse.whole)
        expectRefusal(answer, 429, "Too many requests")
        #expect(answer.all("Retry-After") == ["60"])
    }

    @Test func `the cookie becomes a login session`() throws {
        let compass = try CompassHouse()
        let created = compass.post("create", CompassHouse.whole)
        let pending = try #require(created.token)
        expectRefusal(
            compass.send("GET", "/user/session", cookie: pending), 401, "No active session found")
        let code = try compass.code()
        let verified = compass.post("create/verify", #"{"otp":"\#(code)"}"#, cookie: pending)
        #expect(verified.status == 200)
        #expect(verified["user_id"] == created["user_id"])
        let token = try #require(verified.token)
        #expect(compass.send("GET", "/user/session", cookie: token).status == 200)
        for cookie in [pending, token] {
            expectRefusal(
                compass.post("create/verify", #"{"otp":"\#(code)"}"#, cookie: cookie), 400,
                "User is already verified or does not exist")
        }
        expectRefusal(
            compass.post("create/verify", #"{"otp":"\#(code)","email":"user@example.com"}"#), 401, "Invalid OTP")
    }

    @Test func `what a verification is refused for`() throws {
        let compass = try CompassHouse()
        let pending = try #require(compass.post("create", CompassHouse.whole).token)
        let wrong = try compass.wrongCode()
        expectRefusal(compass.post("create/verify", "{}", cookie: pending), 400, "OTP is required")
        expectRefusal(compass.post("create/verify", #"{"otp":""}"#), 400, "OTP is required")
        expectRefusal(compass.post("create/verify", #"{"otp":"\#(wrong)"}"#, cookie: pending), 401, "Invalid OTP")
        let long = String(repeating: "1", count: 65)
        expectRefusal(compass.post("create/verify", #"{"otp":"\#(long)"}"#, cookie: pending), 401, "Invalid OTP")
        for body in [
            #"{"otp":"\#(wrong)","email":"b@example.com"}"#, #"{"otp":"\#(wrong)","phone_number":"9876543210"}"#,
        ] {
            expectRefusal(compass.post("create/verify", body, cookie: pending), 404, "User not found")
        }
        let nobody = "User is already verified or does not exist"
        expectRefusal(compass.post("create/verify", #"{"otp":"\#(wrong)"}"#), 400, nobody)
        expectRefusal(compass.post("create/verify", #"{"otp":"\#(wrong)"}"#, cookie: "v1.k1.x"), 400, nobody)
    }

    @Test func `what asking for the code again comes to`() throws {
        var compass = try CompassHouse()
        let body = #"{"phone_number":"1234567890"}"#
        expectRefusal(compass.post("create/resend-otp", "{}"), 400, "Missing required fields")
        expectRefusal(compass.post("create/resend-otp", body), 404, "User not found")
        _ = compass.post("create", CompassHouse.whole)
        expectRefusal(compass.post("create/resend-otp", body), 429, "Too many requests")
        compass.house.wait(.seconds(60))
        #expect(compass.post("create/resend-otp", body).body == #"{"message":"OTP sent successfully"}"#)
        let verify = #"{"otp":"\#(try compass.code())","email":"user@example.com","phone_number":"+1 1234567890"}"#
        #expect(compass.post("create/verify", verify).status == 200)
        expectRefusal(compass.post("create/resend-otp", body), 400, "User is already verified")
    }

    @Test func `a code asked for by another field's type is named`() throws {
        let answer = try CompassHouse().post("create/verify", #"{"otp":123456}"#)
        #expect(answer.status == 400)
        #expect(answer.body.contains("otp"))
    }
}
