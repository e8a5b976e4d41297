internal import SUDPCrypto

/// Protection of the opening's packets under keys that anyone can derive from the client's first
/// connection ID: integrity against damage and off-path forgers, no secrecy.
struct InitialKeys {
    private let sealing: PacketProtection
    private let opening: PacketProtection

    /// Drawn once at random; only the version that uses it gives it a meaning.
    private static let salt: [UInt8] = [
        0x9b, 0x1f, 0x4d, 0x72, 0xe6, 0x03, 0xc8, 0x5a, 0x31, 0xd4, 0x87, 0x6e, 0xf2, 0x0b, 0xa9,
        0x5c, 0x18, 0xe3, 0x74, 0xbd, 0x46, 0x90, 0x2f, 0xda, 0x65, 0x0c, 0xb7, 0x83, 0x1e, 0xf8,
        0x49, 0xa2,
    ]

    init(destination: ConnectionID, side: Side) {
        let secret = HKDF.extract(salt: Self.salt, inputKeyMaterial: destination.bytes)
        let client = PacketProtection(secret: HKDF.expandLabel(secret, "c in"))
        let server = PacketProtection(secret: HKDF.expandLabel(secret, "s in"))
        (sealing, opening) = side == .client ? (client, server) : (server, client)
    }

    func seal(
        _ packet: UnsafeMutableRawBufferPointer, headerByteCount: Int, packetNumber: UInt64
    ) -> Bool {
        sealing.seal(packet, headerByteCount: headerByteCount, packetNumber: packetNumber)
    }

    func open(
        _ packet: UnsafeMutableRawBufferPointer, headerByteCount: Int, packetNumber: UInt64
    ) -> Bool {
        opening.open(packet, headerByteCount: headerByteCount, packetNumber: packetNumber)
    }
}
