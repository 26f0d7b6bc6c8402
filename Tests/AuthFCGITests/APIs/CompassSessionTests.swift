import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

@Suite struct CompassSessionTests {
    private static let login = #"{"email":"USER@example.com","password":"securepassword"}"#

    @Test func `a login tells the token, its end and whose it is`() throws {
        var compass = try CompassHouse()
        _ = try compass.join()
        let answer = compass.post("login", Self.login)
        #expect(answer.status == 200)
        let token = try #require(answer.token)
        #expect(answer["session_token"] == .string(token))
        #expect(answer["expires_at"] == "2027-02-14T08:01:00Z")
        #expect(answer["user", "email"] == "user@example.com")
        #expect(answer["user", "phone_number"] == "1234567890")
        #expect(answer["user", "first_name"] == "John")
        #expect(answer["user", "last_name"] == "Doe")
        #expect(answer["user", "verified"] == .bool(true))
        #expect(
            answer.all("Set-Cookie")
                == ["compass.session=\(token); Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"])
    }

    @Test func `what a login is refused for`() throws {
        var compass = try CompassHouse()
        _ = try compass.join()
        let other = CompassHouse.whole.replacing("user@", with: "eve@").replacing("1234567890", with: "1234567891")
        #expect(compass.post("create", other).status == 200)
        for (body, status, message) in [
            (#"{"email":"user@example.com"}"#, 400, "Missing required fields"),
            (#"{"password":"securepassword"}"#, 400, "Missing required fields"),
            (#"{"email":"bob@example.com","password":"securepassword"}"#, 404, "User not found"),
            (
                #"{"email":"user@example.com","phone_number":"1234567891","password":"securepassword"}"#, 404,
                "User not found"
            ),
            (#"{"email":"user@example.com","password":"wrongpassword"}"#, 401, "Invalid credentials"),
            (#"{"email":"eve@example.com","password":"securepassword"}"#, 403, "User is not verified"),
            (#"{"email":"eve@example.com","password":"wrongpassword"}"#, 401, "Invalid credentials"),
        ] {
            let answer = compass.post("login", body)
            expectRefusal(answer, status, message)
            #expect(answer.all("Set-Cookie").isEmpty && answer.all("WWW-Authenticate").isEmpty)
        }
    }

    @Test func `a session tells when it began, was used and ends`() throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        compass.house.wait(.seconds(3_600))
        _ = compass.send("GET", "/user/session", cookie: token)
        let answer = compass.send("GET", "/user/session", bearer: token)
        #expect(answer["session", "created_at"] == "2027-01-15T08:00:00Z")
        #expect(answer["session", "last_seen_at"] == "2027-01-15T09:01:00Z")
        #expect(answer["session", "expires_at"] == "2027-02-14T08:00:00Z")
        #expect(answer["user", "email"] == "user@example.com")
        guard case .string(let id) = answer["session", "id"] else { throw AuthError.unavailable }
        #expect(id.utf8.count == 24)
    }

    @Test(arguments: ["GET", "POST"])
    func `a logout ends the session and clears the cookie`(method: String) throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        let answer = compass.send(method, "/user/logout", cookie: token)
        #expect(answer.body == #"{"message":"Successfully logged out"}"#)
        #expect(answer.all("Set-Cookie") == ["compass.session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"])
        for path in ["/user/session", "/user/logout"] {
            let refused = compass.send("GET", path, cookie: token)
            expectRefusal(refused, 401, "No active session found")
            #expect(refused.all("WWW-Authenticate") == ["Bearer"])
        }
    }

    @Test(arguments: [
        ["HTTP_SEC_FETCH_SITE": "cross-site"], ["HTTP_ORIGIN": "https://evil.example"],
        ["HTTP_SEC_PURPOSE": "prefetch"],
    ])
    func `a page of another site and a prefetch log nobody out`(fields: [String: String]) throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        for method in ["GET", "POST"] {
            #expect(compass.send(method, "/user/logout", cookie: token, fields: fields).status == 403)
        }
        #expect(compass.send("GET", "/user/session", cookie: token, fields: fields).status == 200)
        #expect(compass.send("GET", "/user/logout", bearer: token, fields: fields).status == 200)
    }

    @Test func `looking whether one could log out changes nothing`() throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        let answer = compass.send("HEAD", "/user/logout", cookie: token)
        #expect(answer.status == 405)
        #expect(answer.all("Allow") == ["GET, OPTIONS, POST"])
        #expect(compass.send("HEAD", "/user/session", cookie: token).status == 200)
    }

    @Test func `a token that is none is not made good by a cookie`() throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        let answer = compass.send("GET", "/user/session", cookie: token, bearer: "rubbish")
        expectRefusal(answer, 401, "No active session found")
    }

    @Test func `a session that idles for a day is over`() throws {
        var compass = try CompassHouse()
        let token = try compass.join()
        compass.house.wait(.seconds(86_400 - 61))
        #expect(compass.send("GET", "/user/session", cookie: token).status == 200)
        compass.house.wait(.seconds(86_400))
        #expect(compass.send("GET", "/user/session", cookie: token).status == 401)
    }
}
