/// So many events in so long.
package struct Rate: Hashable, Sendable {
    /// How windows get longer for who goes on and on.
    package struct Growth: Hashable, Sendable {
        /// The longest that a window gets, and how long it has to be quiet after one until windows are short again.
        package let longest: Duration
        /// A window with fewer events than these makes the next one short again.
        package let threshold: Int

        package init(to longest: Duration, from threshold: Int) {
            self.longest = longest
            self.threshold = threshold
        }
    }

    package let count: Int
    /// How long a window is, the first one where they grow.
    package let window: Duration
    /// Nil: every window is as long as the first.
    package let growth: Growth?

    package init(_ count: Int, in window: Duration, growth: Growth? = nil) {
        self.count = count
        self.window = window
        self.growth = growth
    }

    /// The same rate, with windows that get twice as long with each `count` events that follow each other, whether they
    /// used a window up or not.
    package func growingWithEvents(to longest: Duration) -> Rate {
        Rate(count, in: window, growth: Growth(to: longest, from: 1))
    }

    /// The same rate, with windows that get twice as long with each one that was used up.
    package func growingWhenUsedUp(to longest: Duration) -> Rate {
        Rate(count, in: window, growth: Growth(to: longest, from: count))
    }

    /// The longest that a window may get.
    package var longest: Duration { max(window, growth?.longest ?? window) }

    /// How often a window doubles at most.
    package static let mostDoublings = 20

    /// How long a window is that begins after so many events in those before it.
    package func window(after carried: Int) -> Duration {
        guard growth != nil, count > 0 else { return window }
        return min(longest, window * (1 << min(max(0, carried) / count, Self.mostDoublings)))
    }
}
