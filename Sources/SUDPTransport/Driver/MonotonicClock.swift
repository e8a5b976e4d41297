internal import Glibc
internal import SUDPProtocol

/// The time that the protocol runs on: never set, never going back.
enum MonotonicClock {
    /// The time now.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }
}
