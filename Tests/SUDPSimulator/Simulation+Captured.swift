extension Simulation {
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
