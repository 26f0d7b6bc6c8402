/// The HTML pages on which somebody who forgot their password gets a new one. Each is whole in itself; its policy lets it
/// run its own script and style, call this service, and nothing else (Content Security Policy Level 3).
struct ResetPages: Sendable {
    private let digest: @Sendable ([UInt8]) -> String

    /// - Parameter digest: the Base64 of a text's SHA-256, by which the policy knows script and style.
    init(digest: @escaping @Sendable ([UInt8]) -> String) {
        self.digest = digest
    }

    /// The page that a reset link leads to.
    var setting: HTTPResponse {
        page(
            "Set a new password", script: Self.settingScript,
            content: """
                <p>Choose a password that you use nowhere else.</p>
                <form>
                <label for="password">New password</label>
                <input id="password" type="password" autocomplete="new-password" minlength="8" maxlength="256" required autofocus>
                <label for="again">New password, once more</label>
                <input id="again" type="password" autocomplete="new-password" minlength="8" maxlength="256" required>
                <button>Set the password</button>
                </form>
                """)
    }

    /// The page that asks for a link, by `POST` to `path`; without one it says whom to ask.
    func asking(_ path: String?) -> HTTPResponse {
        guard let path else {
            return page(
                "Set a new password", script: nil,
                content: "<p>Ask for a new password where you log in: you get a message that says how to go on.</p>")
        }
        return page(
            "Set a new password", script: Self.askingScript,
            content: """
                <p>You get a mail with a link to set a new password.</p>
                <form data-path="\(path)">
                <label for="email">Email</label>
                <input id="email" type="email" autocomplete="username" maxlength="254" required autofocus>
                <button>Send the link</button>
                </form>
                """)
    }

    /// A page. Its form, if it has one that needs no script, goes to where the page came from.
    func page(
        _ title: String, script: String?, status: HTTPStatus = .ok, hasForm: Bool = false, content: String
    ) -> HTTPResponse {
        var html = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>\(title)</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <main>
            <h1>\(title)</h1>
            \(content)
            <p id="answer" role="status" aria-live="polite"></p>

            """
        if let script {
            html += """
                <noscript><p>This page needs JavaScript.</p></noscript>
                </main>
                <script>\(script)</script>
                </body>
                </html>

                """
        } else {
            html += "</main>\n</body>\n</html>\n"
        }
        var policy = "default-src 'none'; style-src 'sha256-\(digest(Array(Self.style.utf8)))'; "
        if let script { policy += "script-src 'sha256-\(digest(Array(script.utf8)))'; connect-src 'self'; " }
        policy += "base-uri 'none'; form-action \(hasForm ? "'self'" : "'none'"); frame-ancestors 'none'"
        var response = HTTPResponse(status, type: "text/html; charset=utf-8", body: Array(html.utf8))
        response.add("Content-Security-Policy", policy)
        response.add("Referrer-Policy", "no-referrer")
        response.add("X-Frame-Options", "DENY")
        return response
    }
}
