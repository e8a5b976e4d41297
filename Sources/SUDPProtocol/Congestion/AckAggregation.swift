/// By how much acknowledgements come in bunches (draft-ietf-ccwg-bbr §5.5.9).
struct AckAggregation {
    private var filter = MaximumFilter()
    private var intervalStart = Instant(nanoseconds: 0)
    private var delivered = 0.0
    private var filterStart: UInt64 = 0

    /// The bytes that came at once beyond what the bandwidth explains.
    var excess: Double { filter.value }

    mutating func update(
        acked: Int, bandwidth: Double, window: Int, isFull: Bool, round: UInt64, now: Instant
    ) {
        var expected = bandwidth * Double((now - intervalStart).nanoseconds)
        if delivered <= expected {
            (delivered, expected, intervalStart) = (0, 0, now)
        }
        delivered += Double(acked)
        let rounds = isFull ? Limits.bbrAggregationRounds / 2 : 1
        if round >= filterStart + rounds {
            filter.advance()
            filterStart = round
        }
        filter.add(min(delivered - expected, Double(window)))
    }

    /// After idle time nothing is owed.
    mutating func restart(now: Instant) {
        (delivered, intervalStart) = (0, now)
    }
}
