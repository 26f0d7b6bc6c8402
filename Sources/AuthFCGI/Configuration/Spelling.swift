/// Words that were likely meant.
enum Spelling {
    /// The candidate that is nearest to a word; nil when none is near enough to be worth a hint.
    static func nearest(_ word: String, among candidates: [String]) -> String? {
        guard word.utf8.count <= 128 else { return nil }
        let near = candidates.map { (distance: distance(word.lowercased(), $0.lowercased()), word: $0) }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
        guard let near, near.distance <= max(1, word.utf8.count / 3) else { return nil }
        return near.word
    }

    /// The number of octets to put in, take out or change: Levenshtein's distance.
    static func distance(_ left: String, _ right: String) -> Int {
        var row = Array(0...right.utf8.count)
        for (index, octet) in left.utf8.enumerated() {
            var next = [index + 1]
            for ((above, aboveRight), other) in zip(zip(row, row.dropFirst()), right.utf8) {
                next.append(min(above + (octet == other ? 0 : 1), aboveRight + 1, (next.last ?? 0) + 1))
            }
            row = next
        }
        return row.last ?? 0
    }
}
