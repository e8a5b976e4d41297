/// The transport's reasons to close a connection (after RFC 9000 §20.1).
@frozen public struct TransportErrorCode: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt64

    /// Makes a code from its number on the wire.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The endpoint could not go on; nobody's fault.
    public static let internalError = TransportErrorCode(rawValue: 0x1)
    /// The server takes no more connections.
    public static let connectionRefused = TransportErrorCode(rawValue: 0x2)
    /// More data than the advertised limit.
    public static let flowControlError = TransportErrorCode(rawValue: 0x3)
    /// The final size changed or data lay beyond it.
    public static let finalSizeError = TransportErrorCode(rawValue: 0x6)
    /// A frame could not be decoded.
    public static let frameEncodingError = TransportErrorCode(rawValue: 0x7)
    /// The transport parameters are malformed or do not match the headers.
    public static let transportParameterError = TransportErrorCode(rawValue: 0x8)
    /// Any other rule.
    public static let protocolViolation = TransportErrorCode(rawValue: 0xa)
    /// Too many handshake bytes out of order or in all.
    public static let cryptoBufferExceeded = TransportErrorCode(rawValue: 0xd)
    /// A key update that the rules do not allow.
    public static let keyUpdateError = TransportErrorCode(rawValue: 0xe)
    /// The keys were used up.
    public static let aeadLimitReached = TransportErrorCode(rawValue: 0xf)
    /// Too many useless frames.
    public static let uselessFrames = TransportErrorCode(rawValue: 0x10)
}
