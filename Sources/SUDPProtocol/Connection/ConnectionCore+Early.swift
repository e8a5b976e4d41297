internal import SUDPCrypto

extension ConnectionCore {
    // MARK: Client

    /// Lets the stream begin with the opening.
    mutating func beginEarlyData() {
        guard context.side == .client, let early = handshake.earlyData else { return }
        _ = sendStream.raiseCredit(to: early.limit)
    }

    /// Writes and seals one EARLY packet behind the SYN.
    mutating func writeEarly(to buffer: DatagramBuffer, now: Instant) -> Int? {
        guard context.side == .client, lifecycle.state == .opening, let early = handshake.earlyData,
            sendStream.hasPiece, session.mayRemember,
            bytesInFlight + Limits.minimumDatagramSize <= congestion.window
        else { return nil }
        let header = LongHeader(type: .early, destination: ids.remote, source: ids.local)
        let limit = Limits.minimumDatagramSize - EarlyData.trailerByteCount
        let number = session.sent.nextNumber
        var writer = ByteWriter(buffer.bytes(0..<limit))
        header.write(to: &writer, packetNumber: number)
        let headerByteCount = writer.count
        var packet = SentPacket()
        packet.sentTime = now
        writeStream(&writer, &packet)
        let count = writer.count + EarlyData.trailerByteCount
        guard packet.isAckEliciting,
            early.protection.seal(
                buffer.bytes(0..<count), headerByteCount: headerByteCount, packetNumber: number)
        else { return nil }
        packet.byteCount = UInt16(clamping: count)
        packet.snapshot = congestion.onSent(
            count, inFlightBefore: bytesInFlight, carriesCodepoint: false, now: now)
        session.onSent(packet)
        counters.statistics.packetsSent += 1
        return count
    }

    /// The server did not take what went with the opening: all of it goes again.
    mutating func repeatEarlyData(now: Instant) {
        session.sent.forgetOutstanding()
        sendStream.rewind()
        // What was sent is neither acknowledged nor lost by congestion: nothing may wait for it.
        congestion = CongestionState(
            context.configuration.congestionControl, datagramSize: congestion.datagramSize,
            seed: context.random.next(), since: now)
    }

    // MARK: Server

    /// Takes an EARLY packet of a client whose session is being resumed.
    mutating func receiveEarly(
        _ packet: UnsafeMutableRawBufferPointer, header: LongHeader, of train: ReceivedTrain,
        now: Instant
    ) {
        guard lifecycle.isOpen, let early = handshake.earlyData, header.source == ids.remote,
            let truncated = header.packetNumber
        else { return drop() }
        let number = PacketNumber.expand(truncated, expected: (session.acks.largest ?? 0) + 1)
        guard !session.acks.isDuplicate(number) else { return dropDuplicate() }
        guard
            early.protection.open(
                packet, headerByteCount: header.byteCount, packetNumber: number)
        else { return drop() }
        counters.statistics.packetsReceived += 1
        counters.statistics.bytesReceived += UInt64(packet.count)
        liveness.onHeard(now: now)
        let end = packet.count - EarlyData.trailerByteCount
        let payload = UnsafeRawBufferPointer(rebasing: packet[header.byteCount..<end])
        do {
            try receiveEarlyFrames(payload, limit: early.limit, now: now)
        } catch .noRoom {
            return drop()
        } catch {
            return fail(error, now: now)
        }
        session.acks.onReceived(
            number, isAckEliciting: true, isImmediate: true, ecn: train.ecn, now: now)
    }

    private mutating func receiveEarlyFrames(
        _ payload: UnsafeRawBufferPointer, limit: UInt64, now: Instant
    ) throws(ConnectionFault) {
        var reader = ByteReader(payload)
        while !reader.isAtEnd {
            switch Frame.decode(&reader) {
            case .stream(let offset, let data, let isFinal):
                // RFC 8446 §4.2.10: more than the ticket allows is an error of the client.
                guard offset <= limit, UInt64(data.count) <= limit - offset else {
                    throw .violation(.flowControlError, "too much early data")
                }
                try onStream(offset: offset, data, isFinal: isFinal, now: now)
            case .padding, .ping: continue
            case nil: throw .violation(.frameEncodingError, "a malformed frame")
            default:
                throw .violation(.protocolViolation, "a frame that EARLY packets may not carry")
            }
        }
    }

    /// The application gets early data before the client's Finished: that is what it asked for.
    mutating func admitEarlyData() {
        guard lifecycle.state == .opening else { return }
        outbox.tell(.established)
        lifecycle.onEstablished()
    }
}
