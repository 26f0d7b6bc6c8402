import AuthDomain

/// What the description of the service says of the calls.
extension Codes {
    var operations: [String: Operation] {
        [
            "POST \(Self.base)/get-code": .created(
                "Sends a code to an email to sign up with",
                .json(
                    ["status": "success", "data": ["email": "ada@example.org", "verificationCode": "123456"]],
                    optional: ["verificationCode"])),
            "POST \(Self.base)/signup-verify": .created(
                "Makes an account by the code and logs in",
                .json([
                    "status": "success", "message": "Email verified successfully",
                    "token": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
                ]), running: [CompleteSignUp.self]),
            "POST \(Self.base)/resend-code": .created(
                "Sends another code",
                .json(["status": "success", "message": "Verification code resent successfully"])),
            "POST \(Self.base)/login": .ok(
                "Logs in", .json(["status": "success", "token": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"]),
                running: [LogIn.self]),
            "GET \(Self.base)/me": .ok(
                "Tells who is logged in",
                .json([
                    "status": "success",
                    "data": ["id": "655f1f77bcf86cd799439011", "email": "ada@example.org", "isVerified": true],
                ]), running: [ResolveSession.self]),
        ]
    }
}
