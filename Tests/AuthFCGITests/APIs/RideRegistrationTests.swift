import AuthDomain
import AuthTestSupport
import Testing

@testable import AuthFCGI

/// `register`, `verify-email` and `resend-otp`.
@Suite struct RideRegistrationTests {
    private static let user =
        #"{"fullname":{"firstname":"John","lastname":"Doe"},"email":"john.doe@example.com","phone":"1234567890""#
    private static let captain =
        user + #","vehicle":{"color":"Black","plate":"ABC-123","capacity":4,"vehicleType":"car"},"status":"#

    @Test func `a user is registered as the document prints it`() throws {
        let reply = try RideHouse().register(.user)
        #expect(
            reply.text == #"{"status":201,"data":{"createdUser":"# + Self.user
                + #","isVerified":false}},"message":"User Registered Successfully"}"#)
        #expect(reply.status == 201)
    }

    @Test func `a captain is registered as the document prints it`() throws {
        let reply = try RideHouse().register(.captain)
        #expect(
            reply.text == #"{"status":201,"data":{"createdCaptain":"# + Self.captain
                + #""inactive","isVerified":false}},"message":"Captain Registered Successfully"}"#)
        #expect(reply.status == 201)
    }

    @Test(arguments: Ride.Role.allCases)
    func `registering sets both cookies, the refresh token for the API's paths only`(role: Ride.Role) throws {
        #expect(
            try RideHouse().register(role).cookieAttributes == [
                "accessToken; Path=/; Max-Age=900; HttpOnly; SameSite=Lax",
                "refreshToken; Path=\(role.base); Max-Age=2592000; HttpOnly; SameSite=Lax",
            ])
    }

    @Test(arguments: Ride.Role.allCases)
    func `who is registered is logged in, and their email waits for its code`(role: Ride.Role) throws {
        let ride = try RideHouse()
        let token = try #require(ride.register(role).cookies["accessToken"])
        #expect(ride.call(role, "profile", bearer: token).text.contains(#""isVerified":false"#))
        let code = try #require(ride.lastCode)
        let wrong = ride.call(role, "verify-email", #"{"otp":"x\#(code)"}"#, bearer: token)
        #expect((wrong.status, wrong.message) == (400, "Invalid or expired OTP"))
        let right = ride.call(role, "verify-email", #"{"otp":"\#(code)"}"#, bearer: token)
        #expect(
            right.text == #"{"status":200,"data":{},"message":"Your email has been successfully verified"}"#)
        #expect(ride.call(role, "verify-email", #"{"otp":"\#(code)"}"#, bearer: token).status == 200)
        let profile = ride.call(role, "profile", cookies: ["accessToken": token]).text
        #expect(profile.contains(#""isVerified":true"#))
        #expect(profile.contains(#""status":"active""#) == (role == .captain))
    }

    @Test func `every field that cannot stay as it is is named at once`() throws {
        let ride = try RideHouse()
        let nothing = ride.call(.captain, "register", "{}")
        #expect(nothing.status == 400)
        #expect(
            nothing.blamed == ["firstname", "email", "password", "phone", "color", "plate", "capacity", "type"])
        let all = ride.call(
            .captain, "register",
            #"{"firstname":" ","lastname":"\u0007","email":"x","password":"short","phone":"1","color":"\n","#
                + #""plate":"","capacity":0,"type":"plane"}"#)
        #expect(
            all.blamed == [
                "firstname", "lastname", "email", "password", "phone", "color", "plate", "capacity", "type",
            ])
        #expect(all.text.hasPrefix(#"{"status":400,"data":{},"message":""#))
        #expect(ride.house.store.accountCount == 0)
    }

    @Test(
        arguments: [
            "Secure123", "secure@123", "SECURE@123", "Secure@abc", "Se@1234", "",
            String(repeating: "Aa1@", count: 65),
        ])
    func `a password needs a character of every class and a length`(password: String) throws {
        let ride = try RideHouse()
        let reply = ride.call(
            .user, "register",
            #"{"firstname":"J","email":"j@example.com","password":"\#(password)","phone":"1234567890"}"#)
        #expect(reply.status == 400)
        #expect(reply.blamed == ["password"])
    }

    @Test func `a password is not the email`() throws {
        let body = #"{"firstname":"","email":"Jd1@example.com","password":"Jd1@example.com","phone":"1234567890"}"#
        #expect(try RideHouse().call(.user, "register", body).blamed == ["firstname", "password"])
    }

    @Test(arguments: [#""4""#, "4.5", "true", "[]", "-1", "0", "1001", "99999999999999999999"])
    func `a capacity is a whole number from 1 to 1000`(capacity: String) throws {
        let reply = try RideHouse().call(
            .captain, "register",
            #"{"firstname":"J","email":"j@example.com","password":"Secure@123","phone":"1234567890","color":"x","#
                + #""plate":"y","capacity":\#(capacity),"type":"BIKE"}"#)
        #expect(reply.status == 400)
        #expect(reply.blamed == ["capacity"])
    }

    @Test(arguments: ["car", "BIKE", "Auto"], [1, 1_000])
    func `a vehicle's kind is printed in lower case`(kind: String, capacity: Int) throws {
        let reply = try RideHouse().call(
            .captain, "register",
            #"{"firstname":"J","email":"j@example.com","password":"Secure@123","phone":"1234567890","color":"x","#
                + #""plate":"y","capacity":\#(capacity),"type":"\#(kind)"}"#)
        #expect(reply.status == 201)
        #expect(reply.text.contains(#""capacity":\#(capacity),"vehicleType":"\#(kind.lowercased())""#))
    }

    @Test(arguments: [#""lastname":"","#, #""lastname":null,"#, ""])
    func `who has no last name is shown without one`(lastName: String) throws {
        let reply = try RideHouse().call(
            .user, "register",
            #"{"firstname":"Ada",\#(lastName)"email":"a@example.com","password":"Secure@123","phone":"+43 1 2345678"}"#)
        #expect(reply.text.contains(#""fullname":{"firstname":"Ada"},"email":"a@example.com","phone":"+43 1 2345678""#))
    }

    @Test(arguments: Ride.Role.allCases)
    func `an email and a phone belong to one account of a role`(role: Ride.Role) throws {
        let ride = try RideHouse()
        #expect(ride.register(role).status == 201)
        let email = ride.register(role, email: "John.Doe@Example.COM", phone: "+1 222 333 4444")
        #expect((email.status, email.message) == (400, "\(role.noun) with this email already exists"))
        let phone = ride.register(role, email: "other@example.com", phone: "+1 (123) 456-7890")
        #expect((phone.status, phone.message) == (400, "\(role.noun) with this phone already exists"))
        #expect(phone.blamed == [] && phone.cookies.isEmpty)
        for other in Ride.Role.allCases where other != role { #expect(ride.register(other).status == 201) }
    }

    @Test(arguments: Ride.Role.allCases)
    func `a new code takes the place of the one before, after a minute`(role: Ride.Role) throws {
        var ride = try RideHouse()
        let token = try #require(ride.register(role).cookies["accessToken"])
        let first = try #require(ride.lastCode)
        let body = #"{"email":" John.Doe@example.com "}"#
        let early = ride.call(role, "resend-otp", body)
        #expect((early.status, early.field("Retry-After")) == (429, "60"))
        ride.house.wait(.seconds(60))
        #expect(
            ride.call(role, "resend-otp", body).text
                == #"{"status":200,"data":{},"message":"New otp has been sent"}"#)
        let second = try #require(ride.lastCode)
        #expect(ride.call(role, "verify-email", #"{"otp":"\#(first)"}"#, bearer: token).status == 400)
        #expect(ride.call(role, "verify-email", #"{"otp":"\#(second)"}"#, bearer: token).status == 200)
        ride.house.wait(.seconds(60))
        let late = ride.call(role, "resend-otp", body)
        #expect((late.status, late.message) == (400, "\(role.noun) is already verified"))
    }

    @Test(arguments: Ride.Role.allCases)
    func `a code for nobody is a 404, or nothing that can be told`(role: Ride.Role) throws {
        for name in ["resend-otp", "forgot-password"] {
            let reply = try RideHouse().call(role, name, #"{"email":"nobody@example.com"}"#)
            #expect((reply.status, reply.message) == (404, "\(role.noun) not found"))
            #expect(try RideHouse().call(role, name, "{}").blamed == ["email"])
            #expect(try RideHouse().call(role, name, #"{"email":"x"}"#).blamed == ["email"])
        }
        var policy = RideHouse.policy
        policy.isUniform = true
        var ride = try RideHouse(policy: policy)
        let token = try #require(ride.register(role).cookies["accessToken"])
        ride.house.wait(.seconds(60))
        let sent = ride.house.store.messages.count
        let known = #"{"email":"\#(RideHouse.email)"}"#
        for name in ["resend-otp", "forgot-password"] {
            for _ in 1...2 {
                let unknown = ride.call(role, name, #"{"email":"nobody@example.com"}"#)
                #expect(ride.call(role, name, known) == unknown)
            }
        }
        #expect(ride.house.store.messages.count == sent + 2)
        ride.house.wait(.seconds(60))
        #expect(ride.call(role, "resend-otp", known).status == 200)
        #expect(ride.call(role, "verify-email", #"{"otp":"\#(ride.lastCode ?? "")"}"#, bearer: token).status == 200)
        ride.house.wait(.seconds(60))
        #expect(
            ride.call(role, "resend-otp", known).text
                == ride.call(role, "resend-otp", #"{"email":"n@example.com"}"#).text)
    }
}
