import AuthDomain

/// What the description of the service says of the calls.
extension Ride {
    var operations: [String: Operation] {
        let base = role.base
        let tokens = ["accessToken", "refreshToken"].map {
            JSONObject.Member(name: $0, value: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln")
        }
        let logged = JSONObject(members: [JSONObject.Member(name: "loggedIn\(role.noun)", value: example)] + tokens)
        let reset = Operation.ok("Sets a new password by the grant of a link", Self.content(.ok, role.passwordSet))
        return [
            "POST \(base)/register": .created(
                "Makes an account, logs in and sends a code",
                Self.content(.created, "\(role.noun) Registered Successfully", ["created\(role.noun)": example]),
                running: [CreateAccount.self]
            ).sending("Set-Cookie"),
            "POST \(base)/verify-email": .ok(
                "Proves the email by the code", Self.content(.ok, "Your email has been successfully verified"),
                running: [ResolveSession.self, VerifyEmail.self]),
            "POST \(base)/resend-otp": .ok("Sends another code", Self.content(.ok, "New otp has been sent")),
            "POST \(base)/login": .ok(
                "Logs in", Self.content(.ok, "Logged in successfully", .object(logged)), running: [LogIn.self]
            ).sending("Set-Cookie"),
            "GET \(base)/profile": .ok(
                "Tells who is logged in", Self.content(.ok, "\(role.noun) fetched Successfully", example),
                running: [ResolveSession.self]),
            "POST \(base)/logout": .ok(
                "Ends the session and its tokens", Self.content(.ok, "Logged out successfully"),
                running: [LogOut.self]
            ).sending("Set-Cookie"),
            "POST \(base)/refresh-token": .ok(
                "Gives new tokens for the refresh token",
                Self.content(.ok, "Token refreshed successfully", .object(JSONObject(members: tokens))),
                running: [RefreshSession.self]
            ).sending("Set-Cookie"),
            "POST \(base)/forgot-password": .ok("Sends a link to reset the password", Self.content(.ok, role.linkSent)),
            "POST \(base)/reset-password/:resetToken": reset,
            "POST \(role.resetPath)/:resetToken": reset,
        ]
    }

    private var example: JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "fullname", value: ["firstname": "Ada", "lastname": "Lovelace"]),
            .init(name: "email", value: "ada@example.org"), .init(name: "phone", value: "+33612345678"),
        ]
        switch role {
        case .user: break
        case .captain:
            members.append(
                .init(
                    name: "vehicle",
                    value: ["color": "red", "plate": "AB123", "capacity": .integer(4), "vehicleType": "car"]))
            members.append(.init(name: "status", value: "inactive"))
        }
        return .object(JSONObject(members: members + [.init(name: "isVerified", value: false)]))
    }

    private static func content(_ status: HTTPStatus, _ message: String, _ data: JSONValue = [:]) -> Operation.Content {
        .json(
            ["status": .integer(status.rawValue), "data": data, "message": .string(message)],
            optional: ["lastname", "firstname", "vehicle"])
    }
}
