internal import SUDPCrypto

/// What the packets of the opening have in common.
enum InitialPacket {
    static let trailerByteCount = PacketProtection.tagByteCount
}
