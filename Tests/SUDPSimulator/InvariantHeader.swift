/// What RFC 8999 §5.1 promises of a long header in every version.
package struct InvariantHeader: Hashable, Sendable {
    package let version: UInt32
    package let destination: [UInt8]
    package let source: [UInt8]
    /// What follows the connection IDs.
    package let rest: [UInt8]

    /// Reads the header; nil when the packet has none or is cut off.
    package init?(_ packet: [UInt8]) {
        guard packet.count >= 6, packet[0] & 0x80 != 0 else { return nil }
        version = packet[1...4].reduce(0) { $0 << 8 | UInt32($1) }
        let destinationEnd = 6 + Int(packet[5])
        guard packet.count > destinationEnd else { return nil }
        let sourceEnd = destinationEnd + 1 + Int(packet[destinationEnd])
        guard packet.count >= sourceEnd else { return nil }
        destination = Array(packet[6..<destinationEnd])
        source = Array(packet[(destinationEnd + 1)..<sourceEnd])
        rest = Array(packet[sourceEnd...])
    }

    /// Makes the bytes of a long header packet.
    package static func packet(
        firstByte: UInt8, version: UInt32, destination: [UInt8], source: [UInt8], rest: [UInt8]
    ) -> [UInt8] {
        let versionBytes = (0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) }
        return [firstByte | 0x80] + versionBytes + [UInt8(destination.count)] + destination
            + [UInt8(source.count)] + source + rest
    }
}
