/// Why the service cannot start: something that the configuration names is not as it must be.
struct StartFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
