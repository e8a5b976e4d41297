/// Every number of the file protocol.
enum FileLimits {
    /// What both sides say first.
    static let protocolName = "sudp files 1"
    /// The unit of digests, resumption and holes.
    static let chunkByteCount = 1 << 20
    /// No name of a file or directory is longer, as NAME_MAX.
    static let nameByteCount = 255
    /// No path below the destination is longer.
    static let pathByteCount = 4095
    /// No path has more names.
    static let pathDepth = 100
    /// No reason that a peer gives is longer.
    static let reasonByteCount = 512
    /// No text that is sent instead of a file is longer.
    static let textByteCount = 65_535
    /// Digests of one message.
    static let digestsPerMessage = 1024
    /// Chunks of one hole message, because each costs the receiver a little.
    static let chunksPerHole: UInt64 = 65_536
    /// Chunks of a part that are offered; what lies behind them, 1 TiB, is sent again.
    static let offeredChunkCount: UInt64 = 1 << 20
    /// The largest body of a message: a chunk, its file and its digest.
    static let bodyByteCount = chunkByteCount + 64
    /// Announced files that may wait for their offers.
    static let unansweredFileCount = 8
    /// Files and bytes that become durable together.
    static let groupFileCount = 512
    static let groupByteCount: UInt64 = 4 << 20
    /// Bytes of a file after which the disk begins to write them.
    static let writeBackByteCount: UInt64 = 8 << 20
    /// Bytes of a file that may stay in memory once they are on the disk; at least three steps of
    /// writing back.
    static let cachedByteCount: UInt64 = 64 << 20
    /// How long a sender may be silent before another one may take over the file that it sends.
    static let takeOverSilence: Duration = .seconds(2)
    /// The latest time that files are given: the year 2446, beyond which ext4 wraps.
    static let latestTime: Int64 = 15_032_385_535
    /// Bytes that a receiver has read and not yet written.
    static let receivedByteCount = 2 * chunkByteCount + 8192
    /// Bytes of messages that are collected before they are sent.
    static let writeByteCount = 128 << 10

    /// How many chunks so many bytes are.
    static func chunkCount(_ byteCount: UInt64) -> UInt64 {
        let chunk = UInt64(chunkByteCount)
        return byteCount / chunk + (byteCount.isMultiple(of: chunk) ? 0 : 1)
    }
}
