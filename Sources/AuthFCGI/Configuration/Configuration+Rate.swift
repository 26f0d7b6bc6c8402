extension Configuration {
    /// So many events in so long.
    struct Rate: Hashable, Sendable {
        let count: Int
        let window: Duration

        /// `count` events in `window`.
        init(_ count: Int, in window: Duration) {
            self.count = count
            self.window = window
        }

        /// Reads "10/15m": 1 to 1,000,000 events in 1 s to 30 d.
        init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let first = parts.first, let last = parts.last,
                let count = Digits.number(first), (1...1_000_000).contains(count),
                let window = TimeSpan.parse(String(last)), (.seconds(1)...(.seconds(30 * 86_400))).contains(window)
            else { return nil }
            self.init(count, in: window)
        }

        /// The text that `init` reads.
        var text: String { "\(count)/\(TimeSpan.text(window))" }
    }
}

extension ConfigurationForm where Value == Configuration.Rate {
    /// A rate.
    static var rate: Self {
        parsed(
            "rate", accepted: #"a rate such as "10/15m", 1 to 1000000 in 1s to 30d"#,
            parse: { Configuration.Rate($0) }, text: \.text)
    }
}
