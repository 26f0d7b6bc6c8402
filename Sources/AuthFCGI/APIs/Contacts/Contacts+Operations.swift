import AuthDomain

/// What the description of the service says of the calls.
extension Contacts {
    var operations: [String: Operation] {
        let account: JSONValue = [
            "_id": "655f1f77bcf86cd799439011", "fullName": "Ada Lovelace", "email": "ada@example.org",
            "token": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
        ]
        return [
            "POST \(Self.base)/register": .created(
                "Makes an account and logs in", Self.content("User registered successfully", account),
                running: [CreateAccount.self]),
            "POST \(Self.base)/login": .ok(
                "Logs in", Self.content("Login successful", account), running: [LogIn.self]),
            "GET \(Self.base)/me": .ok(
                "Tells who is logged in",
                Self.content(
                    "User data fetched successfully",
                    ["id": "655f1f77bcf86cd799439011", "fullName": "Ada Lovelace", "email": "ada@example.org"]),
                running: [ResolveSession.self]),
            "POST \(Self.base)/check-registered": .ok(
                "Tells which of many emails and phones have accounts",
                Self.content(
                    "Registered users fetched successfully",
                    [
                        "registeredUsers": .array([
                            [
                                "identifier": "ada@example.org", "userId": "655f1f77bcf86cd799439011",
                                "fullName": "Ada Lovelace",
                            ]
                        ])
                    ]), running: [ResolveSession.self, FindAccounts.self]),
            "POST \(Self.base)/forgot-password": .ok(
                "Sends a code to reset the password", Self.content("Success, an OTP has been sent."),
                running: [RequestReset.self]),
            "POST \(Self.base)/verify-otp": .ok(
                "Exchanges the code for a reset token",
                Self.content("OTP verified successfully", ["resetToken": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"]),
                running: [ExchangeResetCode.self]),
            "POST \(Self.base)/reset-password": .ok(
                "Sets a new password by the reset token", Self.content("Password reset successfully"),
                running: [ResetByGrant.self]),
        ]
    }

    private static func content(_ message: String, _ data: JSONValue = .null) -> Operation.Content {
        .json(["status": true, "message": .string(message), "data": data])
    }
}
