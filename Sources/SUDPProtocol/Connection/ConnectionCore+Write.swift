extension ConnectionCore {
    /// Collects the frames of a DATA packet in one fixed order, and records what they were.
    mutating func writeFrames(
        _ writer: inout ByteWriter, _ packet: inout SentPacket, content: TrainBudget.Content,
        now: Instant
    ) {
        if content == .proof { writeProof(&writer, &packet) }
        if session.acks.hasPending || session.acks.shouldSend(now: now),
            writer.room >= TrainBudget.acknowledgementByteCount
        {
            packet.ackedBelow = session.acks.received.last?.upperBound ?? 0
            session.acks.write(to: &writer, now: now)
        }
        if content == .everything {
            writeControl(&writer, &packet)
            writeCrypto(&writer, &packet)
            if lifecycle.mayTransferData { writeStream(&writer, &packet) }
        }
        let isLongSilent = session.nonElicitingInARow >= Limits.nonElicitingBeforePing
        if !packet.isAckEliciting, session.probesPending > 0 || isLongSilent {
            writer.writeFrame(.ping)
            packet.control.insert(.ping)
        }
        if !packet.control.isEmpty { packet.isAckEliciting = true }
    }

    private mutating func writeControl(_ writer: inout ByteWriter, _ packet: inout SentPacket) {
        var frames: ControlFrames = []
        if handshake.isDonePending {
            writer.writeFrame(.handshakeDone)
            frames.insert(.handshakeDone)
        }
        if receiveStream.isConsumedPending, let size = receiveStream.finalSize {
            writer.writeFrame(.consumed, size)
            frames.insert(.consumed)
        }
        if receiveStream.isStopPending, let code = receiveStream.stopCode {
            writer.writeFrame(.stop, code)
            frames.insert(.stop)
        }
        if sendStream.isResetPending, case .reset(let code) = sendStream.ending {
            writer.writeReset(code: code, finalSize: sendStream.sentOffset)
            frames.insert(.reset)
        }
        if receiveStream.isMaxDataPending {
            writer.writeFrame(.maxData, receiveStream.windowLimit)
            frames.insert(.maxData)
        }
        if sendStream.isBlockedPending {
            writer.writeFrame(.dataBlocked, sendStream.credit)
            frames.insert(.dataBlocked)
        }
        writePath(&writer, &frames)
        guard !frames.isEmpty else { return }
        packet.control = frames
        handshake.onControlSent(frames)
        receiveStream.onControlSent(frames)
        sendStream.onControlSent(frames)
        paths.onControlSent(frames)
    }

    private mutating func writeProof(_ writer: inout ByteWriter, _ packet: inout SentPacket) {
        var frames: ControlFrames = []
        writePath(&writer, &frames)
        packet.control = frames
        paths.onControlSent(frames)
    }

    private func writePath(_ writer: inout ByteWriter, _ frames: inout ControlFrames) {
        if let data = paths.pendingChallenge {
            writer.writePathFrame(.pathChallenge, data)
            frames.insert(.pathChallenge)
        }
        if let data = paths.pendingResponse {
            writer.writePathFrame(.pathResponse, data)
            frames.insert(.pathResponse)
        }
    }

    private mutating func writeCrypto(_ writer: inout ByteWriter, _ packet: inout SentPacket) {
        guard let piece = handshake.sessionCrypto.nextPiece(room: writer.room) else { return }
        writer.writeCrypto(offset: piece.offset, piece.bytes)
        packet.cryptoOffset = UInt32(clamping: piece.offset)
        packet.cryptoLength = UInt16(clamping: piece.bytes.count)
        packet.isAckEliciting = true
    }

    mutating func writeStream(_ writer: inout ByteWriter, _ packet: inout SentPacket) {
        guard let piece = sendStream.nextPiece(room: writer.room) else { return }
        writer.writeFrame(piece.isFinal ? .streamFIN : .stream, piece.offset)
        writer.writeVariableLengthInteger(UInt64(piece.length))
        writer.write(length: piece.length) { sendStream.copy(piece, to: $0) }
        packet.streamOffset = piece.offset
        packet.streamLength = UInt16(clamping: piece.length)
        packet.isFinal = piece.isFinal
        packet.isAckEliciting = true
    }

    /// The counters and estimates at this moment.
    public var statistics: ConnectionStatistics {
        var statistics = counters.statistics
        statistics.streamBytesWritten = sendStream.writtenOffset
        statistics.streamBytesAcknowledged = sendStream.acknowledgedOffset
        statistics.streamBytesReceived = receiveStream.inOrderOffset
        statistics.streamBytesRead = receiveStream.readOffset
        statistics.streamBytesRetransmitted = sendStream.retransmittedByteCount
        statistics.congestionEvents = congestion.algorithm.congestionEvents
        statistics.smoothedRTT = recovery.rtt.hasSample ? recovery.rtt.smoothedRTT : nil
        statistics.minRTT = recovery.rtt.hasSample ? recovery.rtt.minRTT : nil
        statistics.congestionWindow = congestion.window
        statistics.ecn = congestion.ecnSupport
        statistics.ecnMarks = congestion.ecnMarks
        statistics.bytesInFlight = bytesInFlight
        statistics.maximumDatagramSize = congestion.datagramSize
        statistics.applicationLimited = counters.limits.application
        statistics.congestionLimited = counters.limits.congestion
        statistics.flowControlLimited = counters.limits.flowControl
        statistics.pacingLimited = counters.limits.pacing
        return statistics
    }
}
