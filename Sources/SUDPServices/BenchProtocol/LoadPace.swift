/// The limits that a flow's sending keeps: its own and one that it shares with others.
struct LoadPace: Sendable {
    private let limits: [RateLimit]

    /// Limits of a flow; 0 bytes per second for none of its own.
    init(_ bytesPerSecond: UInt64, and shared: RateLimit?) {
        let own =
            bytesPerSecond > 0
            ? RateLimit(bytesPerSecond: bytesPerSecond, allowance: BenchConstants.paceAllowance)
            : nil
        limits = [own, shared].compactMap(\.self)
    }

    /// The bytes to write at once, so that they leave evenly.
    func blockByteCount(atMost size: Int) -> Int {
        limits.reduce(size) { size, limit in
            let piece = limit.pieceByteCount(perSecond: BenchConstants.pacePiecesPerSecond)
            return min(size, max(piece, BenchConstants.smallestPiece))
        }
    }

    /// Waits until the bytes may go.
    func pass(_ byteCount: Int) {
        for limit in limits { limit.pass(byteCount) }
    }
}
