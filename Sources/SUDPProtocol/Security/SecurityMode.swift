/// Whether a connection is protected by keys or only by checksums.
@frozen public enum SecurityMode: UInt8, Sendable {
    /// CRC-32C: integrity against accident only.
    case plaintext = 0
    /// TLS 1.3 handshake, AES-256-GCM packets.
    case secure = 1
}
