import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// `login`, `profile`, `logout` and `refresh-token`.
@Suite struct RideSessionTests {
    /// A house with a registered person of the role.
    private func house(_ role: Ride.Role) throws -> RideHouse {
        let ride = try RideHouse()
        try #require(ride.register(role).status == 201)
        return ride
    }

    @Test(arguments: Ride.Role.allCases)
    func `a login tells who it is, and both tokens in body and cookies`(role: Ride.Role) throws {
        let ride = try house(role)
        let reply = ride.logIn(role)
        let (access, refresh) = (try #require(reply.data("accessToken")), try #require(reply.data("refreshToken")))
        let profile = ride.call(role, "profile", bearer: access).text
        let account = try #require(
            profile.dropFirst(#"{"status":200,"data":"#.count).split(separator: #","message""#).first)
        #expect(profile == #"{"status":200,"data":\#(account),"message":"\#(role.noun) fetched Successfully"}"#)
        #expect(
            reply.text
                == #"{"status":200,"data":{"loggedIn\#(role.noun)":\#(account),"accessToken":"\#(access)","#
                + #""refreshToken":"\#(refresh)"},"message":"Logged in successfully"}"#)
        #expect(reply.cookies == ["accessToken": access, "refreshToken": refresh])
        #expect(!account.contains("assword") && !account.contains("cheap"))
    }

    @Test(arguments: Ride.Role.allCases)
    func `web servers learn of a login by the access token in its own place`(role: Ride.Role) throws {
        let ride = try RideHouse(hasOwnResources: true)
        try #require(ride.register(role).status == 201)
        let tokens = ride.logIn(role).cookies
        let (access, refresh) = (try #require(tokens["accessToken"]), try #require(tokens["refreshToken"]))
        func status(bearer: String? = nil, cookies: [String: String] = [:]) -> Int {
            ride.send(
                "GET", "/auth/verify", bearer: bearer, cookies: cookies,
                parameters: ["QUERY_STRING": "realm=\(role.rawValue == "user" ? "riders" : "captains")"]
            ).status
        }
        #expect(status(bearer: access) == 204)
        #expect(status(cookies: ["accessToken": access]) == 204)
        #expect(status(cookies: ["refreshToken": access]) == 401)
        #expect(status(cookies: ["refreshToken": refresh]) == 401)
        #expect(status(bearer: refresh) == 401)
    }

    @Test(arguments: Ride.Role.allCases)
    func `a wrong password and an unknown email are told alike`(role: Ride.Role) throws {
        let ride = try house(role)
        let wrong = ride.logIn(role, password: "Secure@124")
        let unknown = ride.call(role, "login", #"{"email":"nobody@example.com","password":"Secure@123"}"#)
        #expect(wrong.text == #"{"status":401,"data":{},"message":"Invalid email or password"}"#)
        #expect(unknown.text == wrong.text)
        #expect(wrong.cookies.isEmpty)
        #expect(ride.call(role, "login", "{}").blamed == ["email", "password"])
        #expect(ride.call(role, "login", #"{"email":1,"password":"x"}"#).blamed == ["email"])
    }

    @Test(
        arguments: [
            ("GET", "profile"), ("POST", "logout"), ("POST", "verify-email"), ("POST", "refresh-token"),
        ], Ride.Role.allCases)
    func `without a token of its own kind and realm nothing is told`(
        call: (method: String, name: String), role: Ride.Role
    ) throws {
        let ride = try house(role)
        let own = ride.logIn(role)
        let (access, refresh) = (try #require(own.data("accessToken")), try #require(own.data("refreshToken")))
        let other: Ride.Role = role == .user ? .captain : .user
        let foreign = ride.register(other).cookies
        let isRefresh = call.name == "refresh-token"
        let swapped = isRefresh ? access : refresh
        for text in ["", "x", swapped, "\(access)x", foreign["accessToken"] ?? "", foreign["refreshToken"] ?? ""] {
            let cookie = isRefresh ? "refreshToken" : "accessToken"
            let body = call.name == "verify-email" ? #"{"otp":"123456"}"# : nil
            for (bearer, cookies) in [(text, [:]), (nil, [cookie: text])] {
                let reply = ride.send(
                    call.method, "\(role.base)/\(call.name)", body, bearer: bearer, cookies: cookies)
                #expect(reply.status == 401)
                #expect(reply.field("WWW-Authenticate") == (isRefresh ? nil : "Bearer"))
            }
        }
        #expect(ride.call(role, "profile", bearer: access).status == 200)
    }

    @Test(arguments: Ride.Role.allCases)
    func `a bearer token goes before the cookie, and Basic is none`(role: Ride.Role) throws {
        let ride = try house(role)
        let access = try #require(ride.logIn(role).data("accessToken"))
        #expect(ride.call(role, "profile", bearer: "x", cookies: ["accessToken": access]).status == 401)
        let basic = ride.send(
            "GET", "\(role.base)/profile", cookies: ["accessToken": access],
            parameters: ["HTTP_AUTHORIZATION": "Basic dXNlcjpwYXNz"])
        #expect(basic.status == 200)
    }

    @Test(arguments: Ride.Role.allCases)
    func `an access token is good for 15 minutes, and a refresh brings the next`(role: Ride.Role) throws {
        var ride = try house(role)
        let tokens = ride.logIn(role).cookies
        let access = try #require(tokens["accessToken"])
        ride.house.wait(.seconds(899))
        #expect(ride.call(role, "profile", bearer: access).status == 200)
        ride.house.wait(.seconds(1))
        #expect(ride.call(role, "profile", bearer: access).status == 401)
        let reply = ride.call(role, "refresh-token", cookies: tokens)
        #expect(reply.status == 200)
        #expect(
            reply.cookieAttributes == [
                "accessToken; Path=/; Max-Age=900; HttpOnly; SameSite=Lax",
                "refreshToken; Path=\(role.base); Max-Age=2592000; HttpOnly; SameSite=Lax",
            ])
        let next = try #require(reply.data("accessToken"))
        #expect(reply.cookies == ["accessToken": next, "refreshToken": reply.data("refreshToken") ?? ""])
        #expect(ride.call(role, "profile", bearer: next).status == 200)
    }

    @Test(arguments: Ride.Role.allCases)
    func `an old refresh token has the same successor for 30 seconds, then it ends the session`(
        role: Ride.Role
    ) throws {
        var ride = try house(role)
        let old = try #require(ride.logIn(role).data("refreshToken"))
        let refresh = { (ride: RideHouse, token: String) in
            ride.call(role, "refresh-token", #"{"refreshToken":"\#(token)"}"#)
        }
        let first = refresh(ride, old)
        let next = try #require(first.data("refreshToken"))
        #expect(next != old)
        ride.house.wait(.seconds(30) - .microseconds(1))
        #expect(refresh(ride, old).data("refreshToken") == next)
        ride.house.wait(.microseconds(1))
        let reused = refresh(ride, old)
        #expect(
            reused.text == #"{"status":401,"data":{},"message":"Invalid or expired refresh token"}"#)
        #expect(refresh(ride, next).status == 401)
        #expect(ride.call(role, "profile", bearer: first.data("accessToken")).status == 401)
    }

    @Test func `a refresh takes the body's token before the cookie's, and no body where there is a cookie`() throws {
        let ride = try house(.user)
        let (mine, other) = (ride.logIn(.user), ride.logIn(.user))
        let token = try #require(mine.data("refreshToken"))
        let cookies = ["refreshToken": try #require(other.data("refreshToken"))]
        #expect(ride.call(.user, "refresh-token", #"{"refreshToken":"x"}"#, cookies: cookies).status == 401)
        #expect(ride.call(.user, "refresh-token", #"{"refreshToken":1}"#, cookies: cookies).blamed == ["refreshToken"])
        #expect(ride.call(.user, "refresh-token", #"{"refreshToken":"\#(token)"}"#, cookies: cookies).status == 200)
        #expect(ride.call(.user, "refresh-token", "{}", cookies: cookies).status == 200)
        #expect(ride.call(.user, "refresh-token", "{}").status == 401)
    }

    @Test(arguments: Ride.Role.allCases)
    func `a logout ends the session with all its tokens, and no other session`(role: Ride.Role) throws {
        let ride = try house(role)
        let (mine, other) = (ride.logIn(role), ride.logIn(role))
        let refreshed = ride.call(role, "refresh-token", cookies: mine.cookies)
        let reply = ride.call(role, "logout", bearer: mine.data("accessToken"))
        #expect(reply.text == #"{"status":200,"data":{},"message":"Logged out successfully"}"#)
        #expect(
            reply.cookieAttributes == [
                "accessToken; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
                "refreshToken; Path=\(role.base); Max-Age=0; HttpOnly; SameSite=Lax",
            ])
        for tokens in [mine.cookies, refreshed.cookies] {
            #expect(ride.call(role, "profile", bearer: tokens["accessToken"]).status == 401)
            #expect(ride.call(role, "logout", bearer: tokens["accessToken"]).status == 401)
            #expect(ride.call(role, "refresh-token", cookies: tokens).status == 401)
        }
        #expect(ride.call(role, "profile", bearer: other.data("accessToken")).status == 200)
    }

    @Test func `a login takes the place of the session that the request carries`() throws {
        let ride = try house(.user)
        let old = ride.logIn(.user)
        let body = #"{"email":"\#(RideHouse.email)","password":"\#(RideHouse.password)"}"#
        let new = ride.call(.user, "login", body, cookies: old.cookies)
        #expect(new.status == 200)
        #expect(ride.call(.user, "profile", bearer: old.data("accessToken")).status == 401)
        #expect(ride.call(.user, "profile", bearer: new.data("accessToken")).status == 200)
        let token = try #require(new.data("refreshToken"))
        let unknown = #"{"refreshToken":"\#(token)",\#(body.dropFirst())"#
        #expect(ride.call(.user, "login", unknown).status == 200)
        #expect(ride.call(.user, "profile", bearer: new.data("accessToken")).status == 200)
    }

    @Test func `no access token outlives its session`() throws {
        var policy = RideHouse.policy
        policy.tokens.access = .seconds(7_200)
        policy.tokens.refresh = .seconds(3_600)
        var ride = try RideHouse(policy: policy)
        #expect(
            ride.register(.user).cookieAttributes.first
                == "accessToken; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax")
        let tokens = ride.logIn(.user).cookies
        ride.house.wait(.seconds(3_599))
        #expect(ride.call(.user, "profile", bearer: tokens["accessToken"]).status == 200)
        ride.house.wait(.seconds(1))
        #expect(ride.call(.user, "profile", bearer: tokens["accessToken"]).status == 401)
        #expect(ride.call(.user, "refresh-token", cookies: tokens).status == 401)
    }

    @Test(arguments: ["accessToken", "refreshToken"])
    func `a page of another site cannot call with the cookies`(cookie: String) throws {
        let reply = try house(.user).send(
            "POST", "/api/v1/user/logout", cookies: [cookie: "x"], parameters: ["HTTP_SEC_FETCH_SITE": "cross-site"])
        #expect(reply.status == 403)
        #expect(reply.text.hasPrefix(#"{"status":403,"data":{},"message":"#))
    }
}
