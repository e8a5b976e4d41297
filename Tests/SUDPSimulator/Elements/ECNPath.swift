package import SUDPProtocol

/// What a path does to the ECN bits of datagrams.
package struct ECNPath: NetworkElement {
    package enum Treatment: Sendable {
        /// Clears the bits.
        case bleaches
        /// Loses what carries them.
        case drops
        /// Marks everything that could be marked.
        case marksAll
    }

    private let treatment: Treatment

    package init(_ treatment: Treatment) {
        self.treatment = treatment
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        var datagram = datagram
        guard datagram.ecn != .notECT else { return [NetworkDelivery(datagram, at: now)] }
        switch treatment {
        case .drops: return []
        case .bleaches: datagram.ecn = .notECT
        case .marksAll: datagram.ecn = .ce
        }
        return [NetworkDelivery(datagram, at: now)]
    }
}
