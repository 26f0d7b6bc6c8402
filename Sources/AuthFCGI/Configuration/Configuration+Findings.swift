extension Configuration {
    /// What is wrong between keys, each of which alone is right.
    struct Finding: Hashable, Sendable {
        /// The key to name, such as "site.public_url".
        let path: String
        let message: String
        var isWarning = false
    }

    /// The rules that hold between keys.
    var findings: [Finding] {
        deliveryFindings + timeFindings + browserFindings + databaseFindings
    }

    private var deliveryFindings: [Finding] {
        var findings: [Finding] = []
        if security.revealCodes, mail.transport.isReal {
            findings.append(
                Finding(
                    path: "security.reveal_codes",
                    message:
                        #"codes stand in answers while mail goes out; accepted: false, or mail.transport "file" or "off""#
                ))
        }
        if site.publicURL == nil, mail.transport.isReal || sms.transport.isReal {
            // Whoever says nothing at all about delivery may be trying things out.
            findings.append(
                Finding(
                    path: "site.public_url",
                    message: "empty while messages go out; accepted: the address that clients reach the service under",
                    isWarning: mail == Mail() && sms == SMS()))
        }
        let told = [
            ("twake", api.twake.notices), ("compass", api.compass.notices), ("ride", api.ride.notices),
            ("contacts", api.contacts.notices), ("codes", api.codes.notices),
        ]
        for (name, notices) in told where notices.contains(.newDevice) && site.publicURL == nil {
            findings.append(
                Finding(
                    path: "api.\(name).notices",
                    message: #""new-device" has a link that begins with site.public_url, which is empty"#))
        }
        if mail.transport == .file, mail.directory == nil {
            findings.append(Finding(path: "mail.directory", message: #"empty; the transport "file" needs a directory"#))
        }
        if sms.transport == .file, sms.directory == nil {
            findings.append(Finding(path: "sms.directory", message: #"empty; the transport "file" needs a directory"#))
        }
        if sms.transport == .http, sms.url == nil {
            findings.append(Finding(path: "sms.url", message: #"empty; the transport "http" needs the gateway's URL"#))
        }
        if sms.transport == .command, sms.command.first?.hasPrefix("/") != true {
            findings.append(
                Finding(path: "sms.command", message: #"the transport "command" needs a program's absolute path"#))
        }
        if (mail.user == nil) != (mail.password == nil) {
            findings.append(
                Finding(
                    path: mail.user == nil ? "mail.user" : "mail.password_file",
                    message: "empty; a login takes both mail.user and mail.password_file"))
        }
        return findings
    }

    private var timeFindings: [Finding] {
        var findings: [Finding] = []
        if sessions.idle > sessions.absolute {
            findings.append(Finding(path: "sessions.idle", message: "longer than sessions.absolute"))
        }
        if tokens.accessTTL > tokens.refreshTTL {
            findings.append(Finding(path: "tokens.access_ttl", message: "longer than tokens.refresh_ttl"))
        }
        if otp.attemptsPerDay < otp.maxAttempts {
            findings.append(Finding(path: "otp.attempts_per_day", message: "less than otp.max_attempts"))
        }
        return findings
    }

    private var browserFindings: [Finding] {
        var findings: [Finding] = []
        if cookies.sameSite == .none, cookies.secure == .never {
            findings.append(
                Finding(path: "cookies.same_site", message: #"browsers refuse "none" while cookies.secure is "never""#))
        }
        if api.ride.userRealm == api.ride.captainRealm {
            findings.append(Finding(path: "api.ride.captain_realm", message: "the same as user_realm"))
        }
        for (name, plain) in [
            ("twake", api.twake), ("compass", api.compass), ("contacts", api.contacts), ("codes", api.codes),
        ] where plain.clientURL != nil {
            findings.append(
                Finding(
                    path: "api.\(name).client_url", message: "has a meaning in [api.ride] only", isWarning: true))
        }
        if Set(server.listen).count < server.listen.count {
            findings.append(Finding(path: "server.listen", message: "a listener is named twice"))
        }
        return findings
    }

    private var databaseFindings: [Finding] {
        let isRemote = database.hosts.contains { $0 != .socket }
        var findings: [Finding] = []
        if isRemote, database.password == nil {
            findings.append(
                Finding(
                    path: "database.password_file",
                    message: "empty; over the network a database user needs a password"))
        }
        if !isRemote, database.tls != .off {
            findings.append(
                Finding(
                    path: "database.tls", message: "has no meaning on the socket of this machine", isWarning: true))
        }
        if database.tls == .off, !database.hosts.allSatisfy(\.isThisMachine) {
            findings.append(
                Finding(
                    path: "database.tls",
                    message: "off: all that the service writes and reads goes to the database's host in clear",
                    isWarning: true))
        }
        return findings
    }
}
