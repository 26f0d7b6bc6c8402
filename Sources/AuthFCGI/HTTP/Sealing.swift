/// By what an exchange makes and reads what clients carry.
final class Sealing {
    let cookies: any CookieSealing
    let tokens: any TokenIssuing

    init(cookies: any CookieSealing, tokens: any TokenIssuing) {
        self.cookies = cookies
        self.tokens = tokens
    }
}
