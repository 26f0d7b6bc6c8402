/// What a right password makes good in the budgets that its try was counted in, and what is remembered of who gave it.
package struct Relief: Sendable {
    /// One event of each is taken back: it turned out to be none.
    package var givenBack: [Budget]
    /// Everything is forgotten that happened in these, and how long windows have become.
    package var forgotten: [Budget]
    /// Who was logged in; nil where that is remembered already.
    package var known: KnownClient?

    package init(givenBack: [Budget] = [], forgotten: [Budget] = [], known: KnownClient? = nil) {
        self.givenBack = givenBack
        self.forgotten = forgotten
        self.known = known
    }
}
