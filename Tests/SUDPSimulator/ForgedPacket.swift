import SUDPCrypto
import SUDPProtocol

/// Packets that an attacker on the path could make.
package enum ForgedPacket {
    /// Thrown when a packet has no header to go by.
    private struct Unreadable: Error {}

    /// A RETRY with a right tag, from a server that does not exist, as an answer to a SYN.
    package static func retry(to syn: [UInt8]) throws -> [UInt8] {
        guard let header = InvariantHeader(syn) else { throw Unreadable() }
        let packet = InvariantHeader.packet(
            firstByte: 0xf0, version: Limits.version, destination: header.source,
            source: [UInt8](repeating: 0xee, count: 8), rest: [1, 2, 3])
        let original = [UInt8(header.destination.count)] + header.destination
        return packet + RetryIntegrity.tag(original + packet)
    }

    /// A DATA packet of plaintext mode for the connection of `packet`, a hundred packet numbers
    /// later, with these frames and a right checksum.
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
