/// What losses said about the path: bounds below what its greatest bandwidth would allow
/// (draft-ietf-ccwg-bbr §5.5.10).
struct PathBounds {
    /// Until the next probe for bandwidth: bytes per nanosecond, and bytes in flight.
    private(set) var shortTermBandwidth = Double.infinity
    private(set) var shortTermInFlight = Double.infinity
    /// The bytes in flight that are safe in the long run.
    var longTermInFlight = Double.infinity
    private(set) var latestBandwidth = 0.0
    private(set) var latestInFlight = 0.0
    private(set) var isLossRoundStart = false
    private var lossRoundDelivered: UInt64 = 0
    /// Whether the round had losses that count.
    private(set) var hasLoss = false
    /// Bytes lost and stretches of lost packets in this round.
    private(set) var roundLost = 0
    private(set) var roundLosses = 0

    static let reduction = Double(Limits.bbrReductionPercent) / 100

    mutating func beginUpdate(_ sample: RateSample) {
        latestBandwidth = max(latestBandwidth, sample.rate)
        latestInFlight = max(latestInFlight, Double(sample.delivered))
        isLossRoundStart = sample.priorDelivered.map { $0 >= lossRoundDelivered } ?? false
        if isLossRoundStart { lossRoundDelivered = sample.totalDelivered }
    }

    /// Lowers the short-term bounds at the end of a round with losses; true when it did.
    ///
    /// `usualLoss` is the share that the path loses anyway: less than twice that is no news.
    mutating func adapt(
        maxBandwidth: Double, window: Int, usualLoss: Double, isProbing: Bool
    ) -> Bool {
        guard isLossRoundStart else { return false }
        defer { (hasLoss, roundLost, roundLosses) = (false, 0, 0) }
        guard hasLoss, !isProbing,
            Double(roundLost) >= 2 * usualLoss * (Double(roundLost) + latestInFlight)
        else { return false }
        if shortTermBandwidth.isInfinite { shortTermBandwidth = maxBandwidth }
        if shortTermInFlight.isInfinite { shortTermInFlight = Double(window) }
        shortTermBandwidth = max(latestBandwidth, Self.reduction * shortTermBandwidth)
        shortTermInFlight = max(latestInFlight, Self.reduction * shortTermInFlight)
        return true
    }

    mutating func endUpdate(_ sample: RateSample) {
        guard isLossRoundStart else { return }
        latestBandwidth = sample.rate
        latestInFlight = Double(sample.delivered)
    }

    /// Notes a loss that counts as congestion.
    mutating func onLoss(_ bytes: Int, isNewStretch: Bool, delivered: UInt64) {
        if !hasLoss { lossRoundDelivered = delivered }
        hasLoss = true
        roundLost += bytes
        if isNewStretch { roundLosses += 1 }
    }

    /// What was measured so far says nothing of what follows.
    mutating func forgetSignals() {
        (latestBandwidth, latestInFlight, hasLoss) = (0, 0, false)
    }

    mutating func forgetShortTerm() {
        (shortTermBandwidth, shortTermInFlight) = (.infinity, .infinity)
        hasLoss = false
    }

    /// The path takes so many times longer: it holds as many times more.
    mutating func lengthen(by factor: Double) {
        longTermInFlight *= factor
        shortTermInFlight *= factor
    }

    /// Takes back what losses did that were none.
    mutating func undo(to earlier: PathBounds) {
        hasLoss = false
        shortTermBandwidth = max(shortTermBandwidth, earlier.shortTermBandwidth)
        shortTermInFlight = max(shortTermInFlight, earlier.shortTermInFlight)
        longTermInFlight = max(longTermInFlight, earlier.longTermInFlight)
    }
}
