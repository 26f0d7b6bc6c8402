import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

@Suite struct CompassPasswordTests {
    private static let forgotten = #"{"email":"user@example.com"}"#

    private static func reset(_ code: String, _ password: String, email: String = "user@example.com") -> String {
        #"{"otp":"\#(code)","email":"\#(email)","new_password":"\#(password)"}"#
    }

    @Test func `the code sets a new password, once, and ends every session`() throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        #expect(compass.post("forgot-password", Self.forgotten).body == #"{"message":"OTP sent successfully"}"#)
        let body = Self.reset(try compass.code(), "newsecurepassword")
        #expect(compass.post("reset-password", body).body == #"{"message":"Password reset successfully"}"#)
        expectRefusal(compass.post("reset-password", body), 401, "Invalid OTP")
        #expect(compass.send("GET", "/user/session", cookie: token).status == 401)
        let login = #"{"phone_number":"1234567890","password":"newsecurepassword"}"#
        #expect(compass.post("login", login).status == 200)
    }

    @Test func `what is refused`() throws {
        var compass = try CompassHouse()
        _ = try compass.join()
        expectRefusal(compass.post("forgot-password", "{}"), 400, "Missing required fields")
        expectRefusal(compass.post("forgot-password", #"{"email":"b@example.com"}"#), 404, "User not found")
        #expect(compass.post("forgot-password", Self.forgotten).status == 200)
        expectRefusal(compass.post("forgot-password", Self.forgotten), 429, "Too many requests")
        let (code, wrong) = (try compass.code(), try compass.wrongCode())
        for (body, status, message) in [
            (#"{"email":"user@example.com","new_password":"newsecurepassword"}"#, 400, "Missing required fields"),
            (#"{"otp":"\#(code)","new_password":"newsecurepassword"}"#, 400, "Missing required fields"),
            (#"{"otp":"\#(code)","email":"user@example.com"}"#, 400, "Missing required fields"),
            (Self.reset(code, "short"), 400, "Password is too weak"),
            (Self.reset(wrong, "newsecurepassword"), 401, "Invalid OTP"),
            (Self.reset(code, "newsecurepassword", email: "b@example.com"), 404, "User not found"),
        ] {
            expectRefusal(compass.post("reset-password", body), status, message)
        }
        #expect(compass.post("reset-password", Self.reset(code, "newsecurepassword")).status == 200)
    }

    @Test func `known and unknown addresses get equal answers where nothing may be told`() throws {
        var compass = try CompassHouse(revealing: false)
        _ = try compass.join()
        let sent = compass.house.store.messages.count
        for path in [
            "create/verify", "create/resend-otp", "create/resend-otp", "login", "forgot-password", "forgot-password",
            "reset-password",
        ] {
            let answers = ["user@example.com", "nobody@example.com"].map { email in
                let body =
                    #"{"email":"\#(email)","otp":"000000","password":"wrongpassword","new_password":"newpassword"}"#
                return compass.post(path, body)
            }
            #expect(answers[0] == answers[1])
            #expect([200, 401, 429].contains(answers[0].status))
        }
        #expect(compass.house.store.messages.count == sent + 1)
    }

    @Test func `signing up with a taken address answers as with a free one where nothing may be told`() throws {
        var compass = try CompassHouse(revealing: false)
        _ = try compass.join()
        let taken = compass.post("create", CompassHouse.whole)
        let free = compass.post("create", CompassHouse.whole.replacing("user@", with: "b@"))
        #expect(taken.status == 200 && free.status == 200)
        #expect(taken["message"] == free["message"] && taken["expires_in"] == free["expires_in"])
        #expect(taken.body.utf8.count == free.body.utf8.count)
        let wrong = #"{"otp":"12345"}"#
        let answers = [taken, free].map { compass.post("create/verify", wrong, cookie: $0.token) }
        expectRefusal(answers[0], 401, "Invalid OTP")
        #expect(answers[0] == answers[1])
    }
}
