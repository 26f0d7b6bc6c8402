import AuthDomain

/// What the description of the service says of the calls.
extension Twake {
    var operations: [String: Operation] {
        [
            "POST /api/send-otp": .ok("Sends a code to a phone", .text("ok")).sending("Set-Cookie"),
            "POST /api/check-otp": .ok("Proves the phone by the code", .text("ok")).sending("Set-Cookie"),
            "POST /api/register": .created(
                "Makes an account for the proven phone and logs in", .text("ok"), running: [Register.self]
            ).sending("Set-Cookie"),
            "POST /api/check-nickname": .ok("Tells whether a nickname is free", .text("ok")),
            "POST /api/check-phone": .ok("Tells whether a phone is free", .json(["available": true])),
            "POST /api/suggest-nicknames": .ok(
                "Suggests free nicknames", .json(.array(["ada.lovelace", "alovelace"]))),
            "POST /api/login": .ok("Logs in", .text("ok")).sending("Set-Cookie"),
            "GET /api/session": .ok(
                "Tells who is logged in",
                .json(
                    ["nickname": "ada", "displayName": "Ada Lovelace", "phone": "+33612345678"],
                    nullable: ["displayName"])),
            "POST /api/logout": .ok("Ends the session", .text("ok")).sending("Set-Cookie"),
        ]
    }
}
