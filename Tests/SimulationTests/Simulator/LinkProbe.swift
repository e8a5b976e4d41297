import SUDPProtocol
import SUDPSimulator

/// Sends numbered datagrams through elements and says what arrives, in order of arrival.
enum LinkProbe {
    struct Arrival: Equatable {
        var number: Int
        var milliseconds: UInt64
        var byteCount: Int
    }

    /// One datagram of `size` bytes every `interval`, from the start on.
    static func arrivals(
        through elements: [any NetworkElement], count: Int, every interval: TimeSpan = .zero,
        size: Int = 1000, seed: UInt64 = 1
    ) -> [Arrival] {
        deliveries(through: elements, count: count, every: interval, size: size, seed: seed).map {
            Arrival(
                number: $0.datagram.number,
                milliseconds: $0.time.sinceStart.nanoseconds / 1_000_000,
                byteCount: $0.datagram.bytes.count)
        }
    }

    static func deliveries(
        through elements: [any NetworkElement], count: Int, every interval: TimeSpan = .zero,
        size: Int = 1000, seed: UInt64 = 1
    ) -> [NetworkDelivery] {
        var link = Link(elements, random: SeededRandom(seed: seed))
        var queue = EventQueue<(NetworkDatagram, stage: Int)>()
        for index in 0..<count {
            var datagram = NetworkDatagram(
                bytes: Array(repeating: 7, count: size), source: Simulation.clientAddress(0),
                destination: Simulation.serverAddress)
            link.number(&datagram)
            queue.add((datagram, 0), at: .start + interval * UInt64(index))
        }
        var arrived: [NetworkDelivery] = []
        while let (time, (datagram, stage)) = queue.removeFirst() {
            guard stage < link.stageCount else {
                arrived.append(NetworkDelivery(datagram, at: time))
                continue
            }
            for delivery in link.pass(datagram, stage: stage, now: time) {
                queue.add((delivery.datagram, stage + 1), at: delivery.time)
            }
        }
        return arrived
    }
}
