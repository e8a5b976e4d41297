internal import SUDPCrypto

extension ConnectionCore {
    /// Fills the buffer with the next train to send; nil when nothing may go now.
    public mutating func pollTransmit(now: Instant, into buffer: DatagramBuffer) -> Transmit? {
        let byteCount: Int
        let segmentByteCount: Int
        var ecn = ECNCodepoint.notECT
        let sessionECN = congestion.codepoint
        if lifecycle.isClosePending {
            guard let count = writeClose(to: buffer, now: now) else { return nil }
            (byteCount, segmentByteCount) = (count, count)
        } else if lifecycle.isOpen, let count = writeInitial(to: buffer, now: now) {
            (byteCount, segmentByteCount) = (count, count)
        } else if lifecycle.isOpen, let count = writeEarly(to: buffer, now: now) {
            (byteCount, segmentByteCount) = (count, count)
        } else if lifecycle.isOpen, let count = writePathMTUProbe(to: buffer, now: now) {
            (byteCount, segmentByteCount, ecn) = (count, count, sessionECN)
        } else if lifecycle.isOpen, let train = writeTrain(to: buffer, now: now) {
            (byteCount, segmentByteCount, ecn) = (
                train.byteCount, train.segmentByteCount, sessionECN
            )
        } else {
            return nil
        }
        if ecn != .notECT {
            congestion.onSentCapable((byteCount + segmentByteCount - 1) / segmentByteCount)
        }
        paths.onSent(byteCount)
        counters.statistics.bytesSent += UInt64(byteCount)
        return Transmit(
            path: paths.current, ecn: ecn, byteCount: byteCount,
            segmentByteCount: segmentByteCount)
    }

    // MARK: Opening

    private mutating func writeInitial(to buffer: DatagramBuffer, now: Instant) -> Int? {
        guard protection.initial != nil, initial.mayRemember else { return nil }
        let hasContent =
            handshake.initialCrypto.hasPiece || handshake.isParametersPending
            || initial.probesPending > 0
        let needsAck =
            initial.acks.shouldSend(now: now) && !maySendSessionPackets
            || initial.acks.shouldSend(now: now) && context.side == .server
        guard hasContent || needsAck,
            paths.amplificationAllowance >= Limits.minimumDatagramSize
        else { return nil }
        var packet = SentPacket()
        packet.sentTime = now
        let number = initial.sent.nextNumber
        let count = writeInitialPacket(buffer, number: number) { core, writer in
            core.writeInitialFrames(&writer, &packet, hasContent: hasContent, now: now)
        }
        guard let count else { return nil }
        packet.byteCount = UInt16(clamping: count)
        initial.onSent(packet)
        if packet.isAckEliciting { liveness.onAckElicitingSent(now: now) }
        counters.statistics.packetsSent += 1
        return count
    }

    private mutating func writeInitialFrames(
        _ writer: inout ByteWriter, _ packet: inout SentPacket, hasContent: Bool, now: Instant
    ) {
        if initial.acks.hasPending || initial.acks.shouldSend(now: now) {
            packet.ackedBelow = initial.acks.received.last?.upperBound ?? 0
            initial.acks.write(to: &writer, now: now)
        }
        guard hasContent else { return }
        if handshake.isParametersPending {
            writer.writeBytes(.parameters, handshake.localParameters.encoded())
            packet.control.insert(.parameters)
            handshake.onControlSent(.parameters)
            packet.isAckEliciting = true
        }
        if let piece = handshake.initialCrypto.nextPiece(room: writer.room) {
            writer.writeCrypto(offset: piece.offset, piece.bytes)
            packet.cryptoOffset = UInt32(clamping: piece.offset)
            packet.cryptoLength = UInt16(clamping: piece.bytes.count)
            packet.isAckEliciting = true
        }
        if !packet.isAckEliciting {
            writer.writeFrame(.ping)
            packet.isAckEliciting = true
        }
        initial.probesPending = 0
    }

    /// Writes and seals one initial packet; a client's is padded so that the path proves to carry
    /// full datagrams (RFC 9000 §14.1).
    private mutating func writeInitialPacket(
        _ buffer: DatagramBuffer, number: UInt64,
        _ frames: (inout ConnectionCore, inout ByteWriter) -> Void
    ) -> Int? {
        let header = LongHeader(
            type: context.side == .client ? .syn : .synAck, destination: ids.remote,
            source: ids.local, token: ids.token)
        let limit = Limits.minimumDatagramSize - InitialPacket.trailerByteCount
        var writer = ByteWriter(buffer.bytes(0..<limit))
        header.write(to: &writer, packetNumber: number)
        let headerByteCount = writer.count
        frames(&self, &writer)
        if context.side == .client { writer.writeZeros(writer.room) }
        let count = writer.count + InitialPacket.trailerByteCount
        let isSealed = protection.initial?.seal(
            buffer.bytes(0..<count), headerByteCount: headerByteCount, packetNumber: number)
        return isSealed == true ? count : nil
    }

    // MARK: Closing

    private mutating func writeClose(to buffer: DatagramBuffer, now: Instant) -> Int? {
        guard let closing = lifecycle.closing,
            paths.amplificationAllowance >= Limits.minimumDatagramSize
        else {
            lifecycle.giveUpClosing()
            return nil
        }
        if lifecycle.pendingInitialClose {
            lifecycle.onCloseSent(inInitial: true)
            let number = initial.sent.nextNumber
            initial.onSent(SentPacket())
            return writeInitialPacket(buffer, number: number) { core, writer in
                core.initial.acks.write(to: &writer, now: now)
                writer.writeClose(closing.code, reason: core.openReason(of: closing))
            }
        }
        lifecycle.onCloseSent(inInitial: false)
        return writeSessionClose(closing, to: buffer, now: now)
    }

    /// What of a reason anyone may read (RFC 9000 §10.2.3): nothing that a server's application,
    /// which may have early data, has to say.
    private func openReason(of closing: Lifecycle.Closing) -> String {
        guard case .application = closing.code, context.side == .server else {
            return closing.text
        }
        return ""
    }

    private mutating func writeSessionClose(
        _ closing: Lifecycle.Closing, to buffer: DatagramBuffer, now: Instant
    ) -> Int? {
        guard let trailer = protection.session?.trailerByteCount else { return nil }
        let number = session.sent.nextNumber
        var writer = ByteWriter(buffer.bytes(0..<(Limits.minimumDatagramSize - trailer)))
        writeShortHeader(&writer, number: number)
        session.acks.write(to: &writer, now: now)
        writeFinished(to: &writer)
        if receiveStream.isConsumed, let size = receiveStream.finalSize {
            writer.writeFrame(.consumed, size)
        }
        writer.writeClose(closing.code, reason: closing.text)
        session.onSent(SentPacket())
        return seal(buffer, byteCount: writer.count + trailer, segment: nil, first: number)
    }

    /// A server that has not confirmed may lack our Finished, without which it knows no peer that
    /// could close.
    private mutating func writeFinished(to writer: inout ByteWriter) {
        guard context.side == .client, !handshake.isConfirmed else { return }
        handshake.sessionCrypto.resend()
        while let piece = handshake.sessionCrypto.nextPiece(room: writer.room / 2) {
            writer.writeCrypto(offset: piece.offset, piece.bytes)
        }
    }

    // MARK: Session

    func writeShortHeader(_ writer: inout ByteWriter, number: UInt64) {
        ShortHeader.write(
            to: &writer, destination: ids.remote, keyPhase: protection.session?.keys?.keyPhase ?? 0,
            packetNumber: number)
    }

    mutating func seal(
        _ buffer: DatagramBuffer, byteCount: Int, segment: Int?, first: UInt64
    ) -> Int? {
        let isSealed = protection.session?.sealTrain(
            buffer.bytes(0..<byteCount), segmentByteCount: segment ?? byteCount,
            firstPacketNumber: first)
        return isSealed == true ? byteCount : nil
    }

    private mutating func writeTrain(
        to buffer: DatagramBuffer, now: Instant
    ) -> (byteCount: Int, segmentByteCount: Int)? {
        guard maySendSessionPackets, let trailer = protection.session?.trailerByteCount else {
            return nil
        }
        guard let budget = trainBudget(now: now) else { return nil }
        guard !exceedsKeyLimit(now: now) else { return nil }
        updateKeysIfDue()
        skipPacketNumberIfDue(now: now)
        let size = min(congestion.datagramSize, budget.byteCount)
        let first = session.sent.nextNumber
        var count = 0
        var segment = 0
        while budget.byteCount - count >= size,
            count + size <= min(buffer.capacity, Limits.trainByteCount),
            session.sent.nextNumber - first < UInt64(Limits.trainSegmentCount)
        {
            let region = buffer.bytes(count..<(count + size - trailer))
            let written = writePacket(
                region, trailer: trailer, content: budget.content, now: now)
            guard let written else { break }
            count += written
            if segment == 0 { segment = written }
            if written < size { break }
        }
        guard count > 0, let total = seal(buffer, byteCount: count, segment: segment, first: first)
        else { return nil }
        return (total, segment)
    }

    /// What may go now; nil when there is nothing to send or no leave to.
    private mutating func trainBudget(now: Instant) -> TrainBudget? {
        congestion.pacedUntil = nil
        sendStream.noteBlocked()
        guard session.mayRemember else { return nil }
        let needsAck = session.acks.shouldSend(now: now)
        guard hasAckElicitingContent || needsAck else {
            noteIdle(now: now)
            return nil
        }
        let size = congestion.datagramSize
        let ackOnly = TrainBudget(byteCount: size, content: .acknowledgement)
        guard hasAckElicitingContent else {
            return paths.amplificationAllowance >= size
                ? ackOnly : proofBudget(needsAck: needsAck)
        }
        let gate = congestion.gate(
            wanted: Int(clamping: sendStream.sendableByteCount), bytesInFlight: bytesInFlight,
            amplificationAllowance: paths.amplificationAllowance,
            probes: session.probesPending, rtt: recovery.rtt, now: now)
        switch gate.verdict(wanted: size, datagramSize: size) {
        case .open(let bytes):
            counters.limits.note(nil, now: now)
            return TrainBudget(byteCount: bytes, content: .everything)
        case .paced(let until):
            counters.limits.note(.pacing, now: now)
            congestion.pacedUntil = until
            return needsAck ? ackOnly : nil
        case .congested:
            counters.limits.note(.congestion, now: now)
            return needsAck ? ackOnly : nil
        case .unvalidated:
            return proofBudget(needsAck: needsAck)
        }
    }

    private func proofBudget(needsAck: Bool) -> TrainBudget? {
        let hasProof =
            paths.isChallengePending || paths.pendingResponse != nil || session.probesPending > 0
        return TrainBudget.small(
            paths.amplificationAllowance, hasProof: hasProof, needsAck: needsAck)
    }

    private mutating func noteIdle(now: Instant) {
        congestion.onNothingToSend(bytesInFlight: bytesInFlight)
        let isBlocked = sendStream.isFlowControlBlocked || sendStream.isWindowSilly
        counters.limits.note(isBlocked ? .flowControl : .application, now: now)
    }

    private var hasAckElicitingContent: Bool {
        session.probesPending > 0 || handshake.sessionCrypto.hasPiece || handshake.isDonePending
            || hasPendingControl || lifecycle.mayTransferData && sendStream.hasPiece
    }

    private var hasPendingControl: Bool {
        receiveStream.isMaxDataPending || receiveStream.isStopPending
            || receiveStream.isConsumedPending || sendStream.isBlockedPending
            || sendStream.isResetPending || paths.isChallengePending
            || paths.pendingResponse != nil
    }

    /// RFC 9001 §6.6: keys that could not be replaced in time are not used on.
    mutating func exceedsKeyLimit(now: Instant) -> Bool {
        let sealed = protection.session?.keys?.sealedInGeneration ?? 0
        guard sealed >= Limits.confidentialityLimit else { return false }
        fail(.violation(.aeadLimitReached, "the keys are used up"), now: now)
        return true
    }

    private mutating func updateKeysIfDue() {
        guard handshake.mayUpdateKeys, protection.session?.keys?.mayUpdate == true,
            protection.session?.keys?.sealedInGeneration ?? 0
                >= context.configuration.keyUpdateInterval
        else { return }
        counters.statistics.keyUpdates += 1
        protection.session?.keys?.advanceSealing()
    }

    private mutating func skipPacketNumberIfDue(now: Instant) {
        guard handshake.isConfirmed, session.isSkipDue else { return }
        session.skipNumber(
            random: context.random.next(),
            windowPackets: congestion.window / congestion.datagramSize, now: now)
    }

    /// Writes one packet and records it; nil when there is nothing more to put into it.
    private mutating func writePacket(
        _ region: UnsafeMutableRawBufferPointer, trailer: Int, content: TrainBudget.Content,
        now: Instant
    ) -> Int? {
        var writer = ByteWriter(region)
        var packet = SentPacket()
        packet.sentTime = now
        packet.keyGeneration = protection.session?.keys?.generation ?? 0
        writeShortHeader(&writer, number: session.sent.nextNumber)
        let headerByteCount = writer.count
        writeFrames(&writer, &packet, content: content, now: now)
        guard writer.count > headerByteCount else { return nil }
        let count = writer.count + trailer
        packet.byteCount = UInt16(clamping: count)
        if packet.isAckEliciting {
            packet.snapshot = congestion.onSent(count, inFlightBefore: bytesInFlight, now: now)
        }
        session.onSent(packet)
        counters.statistics.packetsSent += 1
        guard packet.isAckEliciting else {
            counters.statistics.acknowledgementsSent += 1
            return count
        }
        session.probesPending = max(0, session.probesPending - 1)
        liveness.onAckElicitingSent(now: now)
        return count
    }
}
