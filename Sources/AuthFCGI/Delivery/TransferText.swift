/// What libcurl reads while it sends: a text and how much of it is gone.
final class TransferText {
    let octets: [UInt8]
    var sent = 0

    init(_ octets: [UInt8]) {
        self.octets = octets
    }

    /// The next octets, at most `count`.
    func next(_ count: Int) -> ArraySlice<UInt8> {
        let piece = octets[sent...].prefix(count)
        sent += piece.count
        return piece
    }
}
