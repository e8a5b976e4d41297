/// Every limit and constant of the protocol, with its source.
public enum Limits {
    /// The smallest datagram size every path must carry (RFC 9000 §14.1).
    public static let minimumDatagramSize = 1200
    /// The receive window at the start, in bytes.
    public static let initialReceiveWindow: UInt64 = 256 * 1024
    /// The receive window at most, in bytes.
    public static let maximumReceiveWindow: UInt64 = 32 * 1024 * 1024
    /// The bytes that may wait in a send buffer.
    public static let sendBufferLimit = 4 * 1024 * 1024
    /// Packets under one key before a routine key update.
    public static let keyUpdateInterval: UInt64 = 1 << 20
}
