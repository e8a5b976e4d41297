internal import SUDPCrypto

extension ConnectionCore {
    /// Writes a datagram of a size that the path may not carry, while there is data to send.
    mutating func writePathMTUProbe(to buffer: DatagramBuffer, now: Instant) -> Int? {
        guard maySendSessionPackets, handshake.isConfirmed, paths.isValidated,
            lifecycle.mayTransferData, sendStream.hasPiece, session.mayRemember,
            let size = paths.mtu.nextProbe(now: now), size <= buffer.capacity,
            session.sent.bytesInFlight + size <= congestion.window,
            let trailer = protection.session?.trailerByteCount, !exceedsKeyLimit(now: now)
        else { return nil }
        let number = session.sent.nextNumber
        var writer = ByteWriter(buffer.bytes(0..<(size - trailer)))
        writeShortHeader(&writer, number: number)
        writer.writeFrame(.ping)
        writer.writeZeros(writer.room)
        guard let count = seal(buffer, byteCount: size, segment: nil, first: number) else {
            return nil
        }
        var packet = SentPacket()
        packet.sentTime = now
        packet.keyGeneration = protection.session?.keys?.generation ?? 0
        packet.isAckEliciting = true
        packet.control = .pathMTUProbe
        packet.byteCount = UInt16(clamping: count)
        packet.snapshot = congestion.onSent(count, inFlightBefore: bytesInFlight, now: now)
        session.onSent(packet)
        paths.mtu.onProbeSent()
        counters.statistics.packetsSent += 1
        liveness.onAckElicitingSent(now: now)
        return count
    }

    mutating func notePathMTU(acked packet: SentPacket, now: Instant) {
        let byteCount = Int(packet.byteCount)
        guard packet.control.contains(.pathMTUProbe) else { return paths.mtu.onAcked(byteCount) }
        if paths.mtu.onProbeAcked(byteCount, now: now) { applyPathMTU() }
    }

    mutating func notePathMTU(lost packets: [SentPacket], now: Instant) {
        for packet in packets where packet.control.contains(.pathMTUProbe) {
            paths.mtu.onProbeLost(Int(packet.byteCount), now: now)
        }
        let isLargeLost = packets.contains {
            $0.byteCount > Limits.minimumDatagramSize && !$0.control.contains(.pathMTUProbe)
        }
        if isLargeLost { noteLargeLost(now: now) }
    }

    /// Large datagrams vanish, or nothing says that they do not.
    mutating func noteLargeLost(now: Instant) {
        if paths.mtu.onLargeLost(now: now) { applyPathMTU() }
    }

    mutating func applyPathMTU() {
        congestion.setDatagramSize(paths.mtu.size)
        sendStream.datagramSize = UInt64(congestion.datagramSize)
    }
}
