/// Counts round trips: one ends when a packet sent after its beginning is acknowledged.
struct RoundCounter {
    private(set) var count: UInt64 = 0
    /// Whether the last acknowledgement began a round.
    private(set) var isStart = false
    private var nextDelivered: UInt64 = 0

    mutating func update(_ sample: RateSample) {
        isStart = sample.priorDelivered.map { $0 >= nextDelivered } ?? false
        guard isStart else { return }
        begin(delivered: sample.totalDelivered)
        count += 1
    }

    /// Lets the present round begin now.
    mutating func begin(delivered: UInt64) {
        nextDelivered = delivered
    }
}
