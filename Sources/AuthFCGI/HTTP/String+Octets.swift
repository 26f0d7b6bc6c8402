extension String {
    /// Whether both are the same octets of UTF-8.
    func hasSameOctets(as other: String) -> Bool {
        // Tells at once of most texts that they differ, but also takes for the same what only looks alike (canonical
        // equivalence).
        guard self == other else { return false }
        let (left, right) = (utf8.span, other.utf8.span)
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }
}
