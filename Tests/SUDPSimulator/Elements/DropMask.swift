package import SUDPProtocol

/// Loses the datagrams whose number's bit is set: bit 0 is the first datagram of the link.
package struct DropMask: NetworkElement {
    private let mask: UInt64

    package init(_ mask: UInt64) {
        self.mask = mask
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        let isLost = datagram.number < 64 && mask >> UInt64(datagram.number) & 1 == 1
        return isLost ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
