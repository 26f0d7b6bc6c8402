import AuthDomain

/// What the description of the service says of the calls.
extension Compass {
    var operations: [String: Operation] {
        let logout = Operation.ok("Ends the session", Self.said("Successfully logged out"), running: [LogOut.self])
            .sending("Set-Cookie")
        return [
            "POST /user/create": .ok(
                "Takes a registration down and sends a code",
                .json([
                    "message": "User created successfully, OTP sent", "user_id": "655f1f77bcf86cd799439011",
                    "expires_in": .integer(600),
                ])
            ).sending("Set-Cookie"),
            "POST /user/create/verify": .ok(
                "Makes the account by the code and logs in",
                .json(["message": "User verified successfully", "user_id": "655f1f77bcf86cd799439011"])
            ).sending("Set-Cookie"),
            "POST /user/create/resend-otp": .ok("Sends another code", Self.said("OTP sent successfully")),
            "POST /user/login": .ok(
                "Logs in",
                .json(
                    [
                        "message": "Login successful", "session_token": "v1.k1.bm9uY2U",
                        "expires_at": "2026-01-31T12:00:00Z", "user": Self.example,
                    ], nullable: Self.nullable), running: [LogIn.self]
            ).sending("Set-Cookie"),
            "GET /user/logout": logout, "POST /user/logout": logout,
            "POST /user/forgot-password": .ok("Sends a code to reset the password", Self.said("OTP sent successfully")),
            "POST /user/reset-password": .ok(
                "Sets a new password by the code", Self.said("Password reset successfully")),
            "GET /user/session": .ok(
                "Tells who is logged in",
                .json(
                    [
                        "message": "Session is active",
                        "session": [
                            "id": "00112233445566778899aabb", "created_at": "2026-01-01T12:00:00Z",
                            "expires_at": "2026-01-31T12:00:00Z", "last_seen_at": "2026-01-01T12:00:00Z",
                        ], "user": Self.example,
                    ], nullable: Self.nullable)),
        ]
    }

    private static let nullable: Set<String> = ["email", "phone_number", "first_name", "last_name"]
    private static let example: JSONValue = [
        "id": "655f1f77bcf86cd799439011", "email": "ada@example.org", "phone_number": "+33612345678",
        "first_name": "Ada", "last_name": "Lovelace", "verified": true,
    ]

    private static func said(_ message: String) -> Operation.Content { .json(["message": .string(message)]) }
}
