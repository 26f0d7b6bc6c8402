/// The parameters of a request, copied once from the connection.
struct FastCGIParameters: Sendable {
    private var values: [String: [String]] = [:]

    /// Parameters in the order sent.
    init(_ pairs: some Sequence<(name: String, value: String)>) {
        for pair in pairs { values[pair.name, default: []].append(pair.value) }
    }

    /// The first value of this name.
    subscript(name: String) -> String? { values[name]?.first }

    /// All values of this name, in the order sent.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The names that came more than once.
    var duplicates: [String] { values.compactMap { $0.value.count > 1 ? $0.key : nil } }
}
