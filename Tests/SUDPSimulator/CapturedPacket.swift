package import SUDPProtocol

/// A DATA packet of plaintext mode with the time at which it was sent.
package struct CapturedPacket: Sendable {
    package var time: Instant
    package var byteCount: Int
    package var packet: ObservedPacket
}
