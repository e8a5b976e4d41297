/// Why a connection ended; `complete` is the only success.
public enum CloseReason: Error, Hashable, Sendable {
    /// Both applications consumed everything and both sides know it.
    case complete
    /// This side's application closed it.
    case closedLocally(CloseCode, reason: String)
    /// The peer sent CLOSE.
    case closedByPeer(CloseCode, reason: String)
    /// TLS failed on this side or the peer reported an alert.
    case handshakeFailed(HandshakeFailure)
    /// The peer broke a rule of the protocol.
    case protocolViolation(TransportErrorCode, reason: String)
    /// The handshake did not finish in the time allowed; whether anything was heard at all.
    case handshakeTimedOut(heardFromPeer: Bool)
    /// Nothing was heard from the peer for this many seconds although probes were sent.
    case peerLost(silentSeconds: UInt64)
    /// The peer no longer knows the connection: it restarted or gave it up.
    case stateLost
    /// The peer speaks none of our versions; these are its own, the first 8 of them.
    case versionNotSupported([UInt32])
}
