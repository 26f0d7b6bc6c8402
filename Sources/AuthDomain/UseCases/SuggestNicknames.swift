/// Suggests nicknames, made of a person's names, that are free.
package enum SuggestNicknames: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.unavailable]

    package struct Input: Sendable {
        package let firstName: String
        package let lastName: String

        package init(firstName: String, lastName: String) {
            self.firstName = firstName
            self.lastName = lastName
        }
    }

    /// How many are suggested at most.
    static let most = 5

    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> [Nickname] {
        var candidates = combinations(
            first: Latin.letters(of: input.firstName), last: Latin.letters(of: input.lastName))
        let stem = candidates.first.map { $0.key.filter { $0 != "." } } ?? "user"
        for octets in try services.random.octets(2 * 2 * most).chunked(by: 2) {
            let number = octets.reduce(0) { $0 << 8 | Int($1) } % 9_000 + 1_000
            candidates += [Nickname("\(stem.prefix(Nickname.lengths.upperBound - 4))\(number)")].compactMap(\.self)
        }
        var seen: Set<Nickname> = []
        candidates = candidates.filter { seen.insert($0).inserted }
        let taken = try services.accounts.taken(among: candidates, in: call.realm)
        return Array(candidates.filter { !taken.contains($0) }.prefix(most))
    }

    private static func combinations(first: String, last: String) -> [Nickname] {
        let pairs = [
            "\(first).\(last)", "\(first.prefix(1))\(last)", "\(first)\(last)", "\(last).\(first)",
            "\(first)\(last.prefix(1))", "\(first)_\(last)",
        ]
        let names = first.isEmpty || last.isEmpty ? [first + last] : pairs
        return names.compactMap { Nickname(String($0.prefix(Nickname.lengths.upperBound))) }
    }
}

extension Array {
    /// Runs of `length` elements, a shorter rest left out.
    fileprivate func chunked(by length: Int) -> [ArraySlice<Element>] {
        stride(from: 0, through: count - length, by: length).map { self[$0..<($0 + length)] }
    }
}
