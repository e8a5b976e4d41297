package import SUDPProtocol

extension Simulation {
    /// The first datagrams of that many clients who never meant it.
    package static func firstDatagrams(
        count: Int, identity: TestIdentity = .ordinary
    ) -> [[UInt8]] {
        var scenario = Scenario(.secure)
        scenario.identity = identity
        scenario.clientCount = count
        scenario.seed = 77
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        simulation.run(for: .milliseconds(1))
        return simulation.captured.map(\.datagram.bytes)
    }

    /// An address of nobody in the simulation.
    package static func strangerAddress(_ index: Int) -> NetworkAddress {
        NetworkAddress(ipv4: 0xc633_0000 + UInt32(index), port: 9999)
    }

    /// The DATA packets that one side sent, of plaintext mode and with `capturesDatagrams`.
    package func packets(fromClient: Bool) -> [CapturedPacket] {
        captured.filter { $0.isFromClient == fromClient }.compactMap { captured in
            captured.packet.map {
                CapturedPacket(time: captured.time, byteCount: captured.byteCount, packet: $0)
            }
        }
    }

    /// Those that carry stream bytes or the end of the stream.
    package func streamPackets(fromClient: Bool = true) -> [CapturedPacket] {
        packets(fromClient: fromClient).filter { $0.packet.streamRange != nil }
    }

    /// Those that carry stream bytes that were sent before.
    package func retransmissions(fromClient: Bool = true) -> [CapturedPacket] {
        var sentUpTo: UInt64 = 0
        return streamPackets(fromClient: fromClient).filter { captured in
            guard let range = captured.packet.streamRange, !range.isEmpty else { return false }
            defer { sentUpTo = max(sentUpTo, range.upperBound) }
            return range.lowerBound < sentUpTo
        }
    }
}
