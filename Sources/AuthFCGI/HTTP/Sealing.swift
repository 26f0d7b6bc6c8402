/// By what an exchange makes and reads what clients carry.
struct Sealing {
    let cookies: any CookieSealing
    let tokens: any TokenIssuing
}
