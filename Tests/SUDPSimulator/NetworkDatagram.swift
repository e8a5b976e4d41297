package import SUDPProtocol

/// A datagram on its way through the simulated network.
package struct NetworkDatagram: Hashable, Sendable {
    package var bytes: [UInt8]
    package var source: NetworkAddress
    package var destination: NetworkAddress
    package var ecn: ECNCodepoint
    /// Its number among the datagrams that entered the link, from 0; copies keep it.
    package var number: Int

    package init(
        bytes: [UInt8], source: NetworkAddress, destination: NetworkAddress,
        ecn: ECNCodepoint = .notECT, number: Int = 0
    ) {
        self.bytes = bytes
        self.source = source
        self.destination = destination
        self.ecn = ecn
        self.number = number
    }

    /// Whether the packet has a long header (RFC 8999 §5.1): it belongs to the opening.
    package var isLong: Bool { (bytes.first ?? 0) & 0x80 != 0 }
}
