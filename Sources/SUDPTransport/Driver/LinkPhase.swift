internal import SUDPProtocol

/// How far a connection is, as its application sees it.
enum LinkPhase: Hashable, Sendable {
    case opening
    case established(PeerIdentity, NetworkPath)
    case closed(LinkEnd)
}
