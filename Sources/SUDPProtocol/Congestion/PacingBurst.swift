/// How much pacing releases at once at a rate.
///
/// The longer the round trip, the more: every release wakes both ends, and on a long path a burst
/// of a millisecond is a small part of what is in flight anyway.
struct PacingBurst: Equatable {
    /// The bytes worth waiting for once credit has run out, so that trains go instead of datagrams.
    let quantum: Int
    /// The most credit that is saved up, for releases that come late.
    let most: Double

    /// `rate` in bytes per nanosecond; `roundTrip` is the smallest, zero where it is unknown.
    init(rate: Double, datagramSize: Int, roundTrip: TimeSpan) {
        let interval = max(
            Limits.pacingIntervalMinimum,
            min(roundTrip / Limits.pacingIntervalDivisor, Limits.pacingIntervalMaximum))
        let shortest = rate * Double(Limits.pacingIntervalMinimum.nanoseconds)
        let wanted = rate * Double(interval.nanoseconds)
        let burst = Double(Limits.pacingBurstBytes)
        let fast = min(shortest, Double(Limits.pacingFastBurstBytes))
        let saved = max(2 * wanted, rate * Double(Limits.pacingIntervalMaximum.nanoseconds))
        most = max(Double(Limits.pacingBurstPackets * datagramSize), min(burst, saved), fast)
        quantum = Int(min(max(min(wanted, burst / 2), fast, Double(datagramSize)), most))
    }
}
