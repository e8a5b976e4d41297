package import SUDPProtocol

/// One direction between a client and the server: elements that a datagram passes in order.
///
/// An element sees a datagram at the time at which the element before let it go, so the elements
/// need no knowledge of each other.
package struct Link {
    private var elements: [any NetworkElement]
    private var random: SeededRandom
    /// How many datagrams entered.
    package private(set) var datagramCount = 0

    package init(_ elements: [any NetworkElement], random: SeededRandom) {
        self.elements = elements
        self.random = random
    }

    /// How many elements there are; a datagram at this stage has arrived.
    package var stageCount: Int { elements.count }

    /// Numbers a datagram that enters.
    package mutating func number(_ datagram: inout NetworkDatagram) {
        datagram.number = datagramCount
        datagramCount += 1
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, stage: Int, now: Instant
    ) -> [NetworkDelivery] {
        elements[stage].pass(datagram, now: now, random: &random)
    }
}
