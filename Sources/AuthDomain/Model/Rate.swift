/// So many events in so long.
package struct Rate: Hashable, Sendable {
    package let count: Int
    package let window: Duration

    package init(_ count: Int, in window: Duration) {
        self.count = count
        self.window = window
    }
}
