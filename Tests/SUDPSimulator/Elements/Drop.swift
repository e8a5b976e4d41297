package import SUDPProtocol

/// Loses the datagrams that a rule picks.
package struct Drop: NetworkElement {
    private let rule: (NetworkDatagram, Instant) -> Bool

    package init(where rule: @escaping (NetworkDatagram, Instant) -> Bool) {
        self.rule = rule
    }

    /// Loses the datagrams with these numbers.
    package init(numbers: Set<Int>) {
        rule = { datagram, _ in numbers.contains(datagram.number) }
    }

    /// Loses the packets of plaintext mode that carry stream bytes or the end of the stream and
    /// have these numbers among them, from 1 in the order in which they enter.
    package init(streamPackets numbers: Set<Int>) {
        let counter = Counter()
        rule = { datagram, _ in
            guard let packet = ObservedPacket(datagram.bytes), packet.streamRange != nil else {
                return false
            }
            return numbers.contains(counter.next())
        }
    }

    /// Loses the first `count` packets of plaintext mode that the rule picks.
    package init(first count: Int, where rule: @escaping (ObservedPacket) -> Bool) {
        let counter = Counter()
        self.rule = { datagram, _ in
            guard let packet = ObservedPacket(datagram.bytes), rule(packet) else { return false }
            return counter.next() <= count
        }
    }

    package mutating func pass(
        _ datagram: NetworkDatagram, now: Instant, random: inout SeededRandom
    ) -> [NetworkDelivery] {
        rule(datagram, now) ? [] : [NetworkDelivery(datagram, at: now)]
    }
}
