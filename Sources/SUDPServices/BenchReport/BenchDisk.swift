/// What was read from a file for an upload.
public struct BenchDisk: Hashable, Sendable {
    /// The bytes that were read.
    public let byteCount: UInt64
    /// How long reading them took, without the time in which the network had to catch up.
    public let seconds: Double

    /// How fast the file could be read.
    public var bitsPerSecond: Double { seconds > 0 ? Double(byteCount) * 8 / seconds : 0 }
}

/// Access to a file that an upload is read from.
public enum BenchSource {
    /// Throws when the file cannot be the source of an upload.
    public static func check(_ path: String) throws(FileFailure) {
        _ = try LoadFile(path)
    }
}
