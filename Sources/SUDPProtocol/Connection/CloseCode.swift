/// The code of a CLOSE frame with the space it belongs to.
@frozen public enum CloseCode: Hashable, Sendable {
    /// A rule of the transport was broken.
    case transport(TransportErrorCode)
    /// A TLS alert (RFC 8446 §6).
    case tlsAlert(UInt8)
    /// The application's own code; 0 is success.
    case application(UInt64)
}
