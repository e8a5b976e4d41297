internal import Glibc

/// Lets no more bytes per second pass than allowed; for one thread.
final class RateLimit {
    private let bytesPerSecond: Double
    private var next = ContinuousClock.now

    init(bytesPerSecond: UInt64) {
        self.bytesPerSecond = Double(max(bytesPerSecond, 1))
    }

    /// A tenth of a second's bytes, within reason.
    var pieceByteCount: Int { Int(min(max(bytesPerSecond / 10, 512), 65_536)) }

    /// Waits until the bytes may go.
    func pass(_ byteCount: Int) {
        let now = ContinuousClock.now
        if next > now {
            let wait = (next - now).components
            var time = timespec(
                tv_sec: Int(wait.seconds), tv_nsec: Int(wait.attoseconds / 1_000_000_000))
            var rest = time
            while nanosleep(&time, &rest) != 0, errno == EINTR { time = rest }
        }
        next = max(next, now) + .seconds(Double(byteCount) / bytesPerSecond)
    }
}
