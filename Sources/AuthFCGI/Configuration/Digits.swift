/// Decimal numbers in texts.
enum Digits {
    /// The number of 1 to 18 ASCII digits and nothing else.
    static func number(_ text: some StringProtocol) -> Int? {
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
