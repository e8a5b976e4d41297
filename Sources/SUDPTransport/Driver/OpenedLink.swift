internal import SUDPProtocol

/// What a connection was when it opened; it stays known after the end.
struct OpenedLink: Sendable {
    var identity: PeerIdentity
    var path: NetworkPath
}
