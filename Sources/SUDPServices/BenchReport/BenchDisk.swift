/// What was read from a file for an upload, or written into one by a download.
public struct BenchDisk: Hashable, Sendable {
    /// The bytes that were read or written.
    public let byteCount: UInt64
    /// How long that took, without the time in which the network had to catch up.
    public let seconds: Double

    /// How fast the file could be read or written.
    public var bitsPerSecond: Double { seconds > 0 ? Double(byteCount) * 8 / seconds : 0 }
}

/// Access to a file that an upload is read from.
public enum BenchSource {
    /// Throws when the file cannot be the source of an upload.
    public static func check(_ path: String) throws(FileFailure) {
        _ = try LoadFile(path)
    }
}

/// Access to a file that a download is written into.
public enum BenchSink {
    /// Throws when no such file can be made, or when there is one.
    public static func check(_ path: String) throws(FileFailure) {
        _ = try LoadSink(path)
    }
}
