internal import Synchronization

/// How far transfers are; threads write it and whoever shows it reads it.
public final class TransferProgress: Sendable {
    /// The numbers at one moment.
    public struct Snapshot: Sendable {
        /// Files that are in their place.
        public var files: UInt64 = 0
        /// Files that there will be; 0 when that is not known.
        public var totalFiles: UInt64 = 0
        /// Bytes that were moved, or were there already.
        public var bytes: UInt64 = 0
        /// Bytes that there will be.
        public var totalBytes: UInt64 = 0
        /// Bytes of `bytes` that were there already.
        public var bytesKept: UInt64 = 0
        /// The file that is being moved.
        public var path = ""

        /// The number of the file that is being moved, as people count.
        public var currentFile: UInt64 {
            min(files &+ 1, max(totalFiles, 1))
        }

        /// Bytes per second that were moved since `start`.
        public func rate(since start: ContinuousClock.Instant) -> Double {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            return Double(bytes - min(bytesKept, bytes)) / max(seconds, 1e-3)
        }

        /// How long it will take at this rate; nil when nobody can tell.
        public func secondsLeft(since start: ContinuousClock.Instant) -> Double? {
            let rate = rate(since: start)
            return rate > 0 && totalBytes > bytes ? Double(totalBytes - bytes) / rate : nil
        }
    }

    private let snapshot = Mutex(Snapshot())

    /// Begins at nothing.
    public init() {}

    /// The numbers now.
    public var now: Snapshot { snapshot.withLock { $0 } }

    /// Begins anew.
    public func reset() {
        update { $0 = Snapshot() }
    }

    func update(_ change: (inout Snapshot) -> Void) {
        snapshot.withLock { change(&$0) }
    }
}
