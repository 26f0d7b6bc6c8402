extension String {
    /// Whether both are the same octets of UTF-8. What a client sent is compared by nothing else while it may be long: `==` and
    /// hashing put runs of combining marks in order first, and take the square of a run's length for that.
    func hasSameOctets(as other: String) -> Bool {
        utf8.span.isSame(as: other.utf8.span)
    }
}
