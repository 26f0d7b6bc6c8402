import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// `forgot-password` and `reset-password`, and what lies beside every call.
@Suite struct RideResetTests {
    private static let changed = #"{"password":"NewSecure@123"}"#
    private static let body = #"{"email":"\#(RideHouse.email)"}"#

    /// A house with a registered person of the role who was sent a link, and the link's token.
    private func house(_ role: Ride.Role) throws -> (RideHouse, String) {
        let ride = try RideHouse()
        try #require(ride.register(role).status == 201)
        try #require(ride.call(role, "forgot-password", Self.body).status == 200)
        return (ride, try token(of: ride, role))
    }

    private func token(of ride: RideHouse, _ role: Ride.Role) throws -> String {
        let start = "https://app.example\(role.resetPath)/"
        let link = try #require(ride.lastLink)
        try #require(link.hasPrefix(start))
        return String(link.dropFirst(start.count))
    }

    @Test func `the answers are those of the documents, in their order`() throws {
        var ride = try RideHouse()
        for role in Ride.Role.allCases { #expect(ride.register(role).status == 201) }
        #expect(
            ride.call(.user, "forgot-password", Self.body).text
                == #"{"status":200,"message":"Password reset instructions sent to your email","data":{}}"#)
        #expect(
            ride.call(.user, "reset-password/\(try token(of: ride, .user))", Self.changed).text
                == #"{"status":200,"message":"Password has been reset successfully","data":{}}"#)
        ride.house.wait(.seconds(60))
        #expect(
            ride.call(.captain, "forgot-password", Self.body).text
                == #"{"status":200,"data":{},"message":"Password reset request mail sent"}"#)
        #expect(
            ride.call(.captain, "reset-password/\(try token(of: ride, .captain))", Self.changed).text
                == #"{"status":200,"data":{},"message":"Password reset successful"}"#)
    }

    @Test(arguments: Ride.Role.allCases, [true, false])
    func `a new password takes the place of the old one and ends every session`(
        role: Ride.Role, isLinkPath: Bool
    ) throws {
        let (ride, token) = try house(role)
        let tokens = ride.logIn(role).cookies
        let path = "\(isLinkPath ? role.resetPath : "\(role.base)/reset-password")/\(token)"
        #expect(ride.send("POST", path, Self.changed).status == 200)
        #expect(ride.call(role, "profile", bearer: tokens["accessToken"]).status == 401)
        #expect(ride.call(role, "refresh-token", cookies: tokens).status == 401)
        #expect(ride.logIn(role).status == 401)
        #expect(ride.logIn(role, password: "NewSecure@123").status == 200)
        let again = ride.send("POST", path, Self.changed)
        #expect((again.status, again.message) == (403, "Invalid or expired reset token"))
    }

    @Test(arguments: Ride.Role.allCases)
    func `a weak password leaves the link good`(role: Ride.Role) throws {
        let (ride, token) = try house(role)
        for body in [#"{"password":"short"}"#, #"{"password":""}"#, "{}", #"{"password":7}"#] {
            let reply = ride.call(role, "reset-password/\(token)", body)
            #expect(reply.status == 400)
            #expect(reply.blamed == ["password"])
        }
        #expect(ride.call(role, "reset-password/\(token)", Self.changed).status == 200)
    }

    @Test(arguments: Ride.Role.allCases)
    func `what is no token of the role is refused`(role: Ride.Role) throws {
        let (ride, token) = try house(role)
        let foreign: Ride.Role = role == .user ? .captain : .user
        for path in [
            "\(role.base)/reset-password/x", "\(role.base)/reset-password/\(token)A",
            "\(role.base)/reset-password/:", "\(role.base)/reset-password/\(token.dropLast())",
            "\(foreign.base)/reset-password/\(token)", "\(foreign.resetPath)/\(token)",
        ] {
            #expect(ride.send("POST", path, Self.changed).status == 403)
        }
        #expect(ride.logIn(role).status == 200)
    }

    @Test(arguments: Ride.Role.allCases)
    func `a link is good for an hour, and only the newest`(role: Ride.Role) throws {
        var (ride, first) = try house(role)
        let early = ride.call(role, "forgot-password", Self.body)
        #expect((early.status, early.field("Retry-After")) == (429, "60"))
        ride.house.wait(.seconds(60))
        #expect(ride.call(role, "forgot-password", Self.body).status == 200)
        let second = try token(of: ride, role)
        #expect(ride.call(role, "reset-password/\(first)", Self.changed).status == 403)
        ride.house.wait(.seconds(3_600) - .microseconds(1))
        #expect(ride.call(role, "reset-password/\(second)", #"{"password":"x"}"#).status == 400)
        ride.house.wait(.microseconds(1))
        #expect(ride.call(role, "reset-password/\(second)", Self.changed).status == 403)
    }

    @Test(arguments: Ride.Role.allCases)
    func `below its paths every refusal has the API's form`(role: Ride.Role) throws {
        let ride = try RideHouse()
        for path in [
            role.base, "\(role.base)/", "\(role.base)/nothing", "\(role.base)/login/", "\(role.resetPath)/",
            "\(role.resetPath)/a/b",
        ] {
            #expect(ride.send("POST", path, "{}").text == #"{"status":404,"data":{},"message":"Not found"}"#)
        }
        let method = ride.send("GET", "\(role.base)/login")
        #expect(method.text == #"{"status":405,"data":{},"message":"Method not allowed"}"#)
        #expect(method.field("Allow") == "OPTIONS, POST")
        #expect(ride.send("POST", "\(role.base)/profile").field("Allow") == "GET, HEAD, OPTIONS")
        #expect(ride.send("POST", "\(role.base)/login").text.hasPrefix(#"{"status":415,"data":{},"#))
        #expect(ride.send("POST", "\(role.base)/login", "[]").text.hasPrefix(#"{"status":400,"data":{},"#))
    }
}
