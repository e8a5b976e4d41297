public import SUDPProtocol

/// A client that did not get as far as a connection.
public struct HandshakeReport: Hashable, Sendable {
    /// Where the client is, as far as its datagrams tell.
    public var peer: NetworkAddress
    /// Why it failed; an alert of the client is in the words of its `HandshakeFailure`.
    public var reason: CloseReason
}
