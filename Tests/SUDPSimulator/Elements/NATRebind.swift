package import SUDPProtocol

/// A NAT that gives the client a new outside address at some moments.
package struct NATRebind: NetworkElement {
    private let bindings: [(start: Instant, address: NetworkAddress)]

    /// From each moment on, in rising order, datagrams come from that address.
    package init(_ bindings: [(start: Instant, address: NetworkAddress)]) {
        self.bindings = bindings
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        var translated = datagram
        translated.source = bindings.last { $0.start <= now }?.address ?? datagram.source
        return [NetworkDelivery(translated, at: now)]
    }
}
