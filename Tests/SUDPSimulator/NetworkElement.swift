package import SUDPProtocol

/// One property of a way through the network; a link is a list of them.
package protocol NetworkElement {
    /// What becomes of a datagram that enters at `now`: where it leaves the element and when.
    mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery]
}
