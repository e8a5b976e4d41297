/// Which packets of a space arrived, and when to acknowledge them.
///
/// The ranges are also the replay protection: a number below the floor or in a range was seen.
struct AckScheduler {
    private(set) var received = DisjointRanges()
    private var floor: UInt64 = 0
    private var reportFloor: UInt64 = 0
    private var largestTime = Instant(nanoseconds: 0)
    private var unacknowledged: UInt64 = 0
    private var isDue = false
    private(set) var deadline: Instant?
    private(set) var ecnCounts = ECNCounts()
    private(set) var frequency = AckFrequency()

    var largest: UInt64? { received.last.map { $0.upperBound - 1 } }
    var hasPending: Bool { unacknowledged > 0 }

    private static let rangesTracked = 1024

    func isDuplicate(_ number: UInt64) -> Bool {
        number < floor || received.contains(number)
    }

    mutating func onReceived(
        _ number: UInt64, isAckEliciting: Bool, isImmediate: Bool, ecn: ECNCodepoint,
        roundTrip: TimeSpan = TimeSpan(nanoseconds: .max), now: Instant
    ) {
        let expected = received.last?.upperBound ?? 0
        received.insert(number..<(number + 1))
        while received.count > Self.rangesTracked, let first = received.first {
            floor = first.upperBound
            received.removeFirst()
        }
        reportFloor = min(reportFloor, number)
        if number >= expected { largestTime = now }
        ecnCounts.count(ecn)
        guard isAckEliciting else { return }
        unacknowledged += 1
        // RFC 9000 §13.2.1: gaps, filled gaps and CE marks are reported at once.
        let opensGap = number > expected && expected > 0 || number < expected
        frequency.onReceived(isInOrder: !opensGap, roundTrip: roundTrip, now: now)
        if isImmediate || opensGap || ecn == .ce || unacknowledged >= frequency.packetsPerAck {
            isDue = true
        } else if deadline == nil {
            deadline = now + frequency.maxDelay
        }
    }

    func shouldSend(now: Instant) -> Bool {
        isDue || deadline.map { $0 <= now } ?? false
    }

    /// Demands an acknowledgement without waiting, as an answer to a duplicate.
    mutating func acknowledgeSoon() {
        isDue = !received.isEmpty
    }

    mutating func write(to writer: inout ByteWriter, now: Instant) {
        writer.writeAck(received, above: reportFloor, delay: now - largestTime, ecn: ecnCounts)
        unacknowledged = 0
        isDue = false
        deadline = nil
    }

    /// The peer saw our acknowledgement of everything below `number`: it need not be repeated.
    mutating func onAckAcknowledged(below number: UInt64) {
        reportFloor = max(reportFloor, number)
    }
}
