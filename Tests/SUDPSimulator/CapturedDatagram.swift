package import SUDPProtocol

/// A datagram as it entered a link.
package struct CapturedDatagram: Sendable {
    package var time: Instant
    package var client: Int
    package var isFromClient: Bool
    package var datagram: NetworkDatagram

    package var byteCount: Int { datagram.bytes.count }
    package var sinceStart: TimeSpan { time.sinceStart }
    /// What it holds, when it is a DATA packet of plaintext mode.
    package var packet: ObservedPacket? { ObservedPacket(datagram.bytes) }
}
