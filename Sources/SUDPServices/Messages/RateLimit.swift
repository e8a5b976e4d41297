internal import Glibc
internal import Synchronization

/// Lets no more bytes per second pass than allowed, for all threads that share it together.
final class RateLimit: Sendable {
    private let bytesPerSecond: Double
    private let allowance: Duration
    private let next: Mutex<ContinuousClock.Instant>

    /// A limit; who slept too long may catch up on as much as the allowance.
    init(bytesPerSecond: UInt64, allowance: Duration = .zero) {
        self.bytesPerSecond = Double(max(bytesPerSecond, 1))
        self.allowance = allowance
        next = Mutex(.now)
    }

    /// A tenth of a second's bytes, within reason.
    var pieceByteCount: Int { pieceByteCount(perSecond: 10) }

    /// The bytes of a piece of which so many a second pass, within reason.
    func pieceByteCount(perSecond count: Double) -> Int {
        Int(min(max(bytesPerSecond / count, 512), 65_536))
    }

    /// Waits until the bytes may go.
    func pass(_ byteCount: Int) {
        let now = ContinuousClock.now
        let start = next.withLock { next in
            let start = max(next, now - allowance)
            next = start + .seconds(Double(byteCount) / bytesPerSecond)
            return start
        }
        if start > now { Self.sleep(start - now) }
    }

    private static func sleep(_ duration: Duration) {
        let wait = duration.components
        var time = timespec(
            tv_sec: Int(wait.seconds), tv_nsec: Int(wait.attoseconds / 1_000_000_000))
        var rest = time
        while nanosleep(&time, &rest) != 0, errno == EINTR { time = rest }
    }
}
