/// What one worker has at the moment, where all can see it.
struct WorkerGauges: Sendable {
    let words: SharedWords
    let place: Int

    /// Shows a number.
    func set(_ gauge: Scoreboard.Gauge, to value: Int) { words.set(value, at: place + gauge.rawValue) }

    /// Changes a number.
    func add(_ value: Int, to gauge: Scoreboard.Gauge) { words.add(value, at: place + gauge.rawValue) }
}
