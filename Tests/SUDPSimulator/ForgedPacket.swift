/// Packets of plaintext mode that an attacker on the path could make.
package enum ForgedPacket {
    /// A DATA packet for the connection of `packet`, a hundred packet numbers later, with these
    /// frames and a right checksum.
    package static func bytes(like packet: [UInt8], frames: [UInt8]) -> [UInt8] {
        let number = packet[9..<13].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } &+ 100
        let numberBytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        let content = Array(packet[..<9]) + numberBytes + frames
        let checksum = checksum(of: content)
        return content + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * $0)) }
    }

    /// CRC-32C, bit by bit (RFC 3720 B.4).
    private static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { state, byte in
            (0..<8).reduce(state ^ UInt32(byte)) { register, _ in
                register >> 1 ^ (register & 1 == 1 ? 0x82f6_3b78 : 0)
            }
        }
    }
}
