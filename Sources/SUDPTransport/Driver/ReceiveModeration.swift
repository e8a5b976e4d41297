internal import SUDPProtocol

/// Leaves the sockets alone for a moment after bulk data came, so that what follows is taken by the
/// batch: every wake-up costs more than a datagram does.
///
/// No connection's datagrams wait for longer than it tolerates, which is far below its round trip.
struct ReceiveModeration {
    /// How long the least tolerant of the connections counts.
    private static let memory = TimeSpan.milliseconds(100)
    /// A shorter pause is not worth a timer.
    private static let shortest = TimeSpan.microseconds(100)

    /// Until when the sockets are left alone; nil when they are not.
    private(set) var pauseEnd: Instant?
    private var tolerance = TimeSpan.zero
    private var toleranceTime = Instant(nanoseconds: 0)
    private var hasBulk = false

    /// Notes that datagrams of a connection came.
    mutating func onReceived(tolerance: TimeSpan?, isBulk: Bool, now: Instant) {
        guard let tolerance else { return }
        if isBulk { hasBulk = true }
        if tolerance <= self.tolerance || now - toleranceTime > Self.memory {
            (self.tolerance, toleranceTime) = (tolerance, now)
        }
    }

    /// Whether the sockets may be read now; ends a pause that is over.
    mutating func mayReceive(now: Instant) -> Bool {
        guard let end = pauseEnd else { return true }
        guard end <= now else { return false }
        pauseEnd = nil
        return true
    }

    /// Begins a pause where the datagrams that were taken allow for one.
    mutating func onSocketsEmpty(now: Instant) {
        defer { hasBulk = false }
        guard hasBulk, tolerance >= Self.shortest else { return }
        pauseEnd = now + tolerance
    }
}
