/// A request as the web server sent it, before anything is made of it.
struct FastCGIRequest: Sendable {
    let role: FastCGIRole
    let parameters: FastCGIParameters
    let body: FastCGIBody
}
