/// How much of the congestion window a round trip really used (RFC 7661 §4.1).
struct WindowUsage {
    private(set) var maximumInFlight = 0
    private(set) var isWindowLimited = false
    private var nextMaximum = 0
    private var nextIsLimited = false
    private var roundEnd: UInt64 = 0

    mutating func onSent(bytesInFlight: Int, window: Int, datagramSize: Int) {
        let isLimited = window - bytesInFlight < datagramSize
        nextMaximum = max(nextMaximum, bytesInFlight)
        nextIsLimited = nextIsLimited || isLimited
        maximumInFlight = max(maximumInFlight, bytesInFlight)
        isWindowLimited = isWindowLimited || isLimited
    }

    mutating func onAcked(largest: UInt64, nextNumber: UInt64) {
        guard largest >= roundEnd else { return }
        roundEnd = nextNumber
        (maximumInFlight, isWindowLimited) = (nextMaximum, nextIsLimited)
        (nextMaximum, nextIsLimited) = (0, false)
    }
}
