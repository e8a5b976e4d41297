/// The greatest of the values of the last two periods.
struct MaximumFilter {
    private var current = 0.0
    private var previous = 0.0

    var value: Double { max(current, previous) }

    mutating func add(_ value: Double) {
        current = max(current, value)
    }

    /// Forgets what was greater than this.
    mutating func lower(to value: Double) {
        (previous, current) = (min(previous, value), min(current, value))
    }

    /// Ends a period, unless it is empty.
    mutating func advance() {
        guard current > 0 else { return }
        (previous, current) = (current, 0)
    }
}
