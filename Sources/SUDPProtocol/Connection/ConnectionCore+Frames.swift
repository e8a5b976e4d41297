extension ConnectionCore {
    /// Hands a frame to the part that owns it.
    mutating func receive(
        _ frame: Frame, isInitial: Bool, now: Instant
    ) throws(ConnectionFault) {
        guard !isInitial || frame.isAllowedInInitialPackets else {
            throw .violation(.protocolViolation, "a frame that initial packets may not carry")
        }
        switch frame {
        case .padding, .ping: break
        case .ack(let ack): try onAck(ack, isInitial: isInitial, now: now)
        case .crypto(let offset, let data):
            try onCrypto(offset: offset, data, isInitial: isInitial, now: now)
        case .parameters(let bytes): try onParameters(bytes, isInitial: isInitial, now: now)
        case .handshakeDone: try onHandshakeDone(now: now)
        case .stream(let offset, let data, let isFinal):
            try onStream(offset: offset, data, isFinal: isFinal, now: now)
        case .reset(let code, let finalSize): try onReset(code: code, finalSize: finalSize)
        case .stop(let code): onStop(code: code)
        case .maxData(let limit): try onMaxData(limit, now: now)
        case .dataBlocked(let limit):
            if !receiveStream.onPeerBlocked(at: limit) { try spendGlitch(now: now) }
        case .consumed(let finalSize): try onConsumed(finalSize: finalSize)
        case .pathChallenge(let data):
            try spendGlitch(now: now)
            paths.onChallenge(data)
        case .pathResponse(let data): paths.onResponse(data)
        case .close(let code, let text):
            onClose(code, text: Self.text(text), isInitial: isInitial, now: now)
        // Roaming and tickets are not offered: a peer may tell us, we need not answer.
        case .newToken, .newConnectionID, .retireConnectionID: try spendGlitch(now: now)
        }
    }

    mutating func spendGlitch(now: Instant) throws(ConnectionFault) {
        guard context.glitches.spend(now: now) else {
            throw .violation(.uselessFrames, "too many useless frames")
        }
    }

    // MARK: Opening

    private mutating func onCrypto(
        offset: UInt64, _ data: UnsafeRawBufferPointer, isInitial: Bool, now: Instant
    ) throws(ConnectionFault) {
        // Once keys exist nothing unprotected reaches libssl.
        guard !isInitial || !handshake.hasSessionKeys else { return }
        let bytes =
            isInitial
            ? handshake.initialCrypto.receive(offset: offset, data)
            : handshake.sessionCrypto.receive(offset: offset, data)
        guard let bytes else {
            throw .violation(.cryptoBufferExceeded, "too many handshake bytes")
        }
        guard !bytes.isEmpty else { return }
        if context.side == .client, !handshake.isComplete {
            context.freshStartDeadline = now + Limits.freshStartTimeout
        }
        try step(now: now) { (handshake) throws(HandshakeFailure) in
            try handshake.receive(bytes)
        }
    }

    private mutating func onParameters(
        _ bytes: UnsafeRawBufferPointer, isInitial: Bool, now: Instant
    ) throws(ConnectionFault) {
        guard isInitial else {
            throw .violation(.protocolViolation, "PARAMETERS outside the opening")
        }
        try step(now: now) { (handshake) throws(HandshakeFailure) in
            try handshake.receiveParameters(Array(bytes))
        }
    }

    private mutating func step(
        now: Instant,
        _ body: (inout Handshake) throws(HandshakeFailure) -> Handshake.Progress
    ) throws(ConnectionFault) {
        let progress: Handshake.Progress
        do {
            progress = try body(&handshake)
        } catch {
            throw .handshake(error)
        }
        try take(progress, now: now)
    }

    /// Applies what a step of the handshake brought.
    private mutating func take(
        _ progress: Handshake.Progress, now: Instant
    ) throws(ConnectionFault) {
        if progress.isEarlyDataRefused { repeatEarlyData(now: now) }
        if let session = progress.sessionProtection {
            try adoptPeerParameters()
            protection.session = session
        }
        if progress.isEarlyDataAccepted { admitEarlyData() }
        if progress.isComplete { becomeEstablished(now: now) }
        if let ticket = progress.ticket { outbox.tell(.ticket(ticket)) }
    }

    private mutating func adoptPeerParameters() throws(ConnectionFault) {
        guard let parameters = handshake.peerParameters,
            ids.areConfirmed(by: parameters, side: context.side)
        else {
            throw .violation(
                .transportParameterError, "the connection IDs were changed on the way")
        }
        guard context.side == .client || !parameters.hasServerOnly else {
            throw .violation(
                .transportParameterError, "a client sent what only servers may send")
        }
        _ = sendStream.raiseCredit(to: parameters.initialMaxData)
        paths.mtu.obey(Int(clamping: parameters.maximumDatagramSize))
        applyPathMTU()
        recovery.peerMaxAckDelay = .milliseconds(parameters.maxAckDelayMilliseconds)
        ids.peerResetToken = parameters.resetToken
        if let token = parameters.resetToken.flatMap({ ResetToken($0) }) {
            outbox.tell(.expectReset(token))
        }
    }

    /// Our side of the handshake is done; a server's is confirmed by that (RFC 9001 §4.1.2).
    mutating func becomeEstablished(now: Instant) {
        recovery.resetProbes()
        context.freshStartDeadline = nil
        if lifecycle.state == .opening { outbox.tell(.established) }
        lifecycle.onEstablished()
        guard context.side == .server else {
            // In plaintext mode nothing else would tell the server.
            session.probesPending = max(session.probesPending, 1)
            return
        }
        // What was held back until now was announced to an application that could not read it.
        (counters.announcedOffset, counters.isEndAnnounced) = (receiveStream.readOffset, false)
        if let code = receiveStream.resetCode { outbox.tell(.reset(code: code)) }
        paths.validate()
        handshake.confirm()
        leaveHalfOpen()
    }

    private mutating func onHandshakeDone(now: Instant) throws(ConnectionFault) {
        guard context.side == .client, handshake.isComplete else {
            throw .violation(.protocolViolation, "HANDSHAKE_DONE from a client")
        }
        guard !handshake.isConfirmed else { return }
        handshake.confirm()
        context.security = nil
        paths.validate()
        leaveHalfOpen()
    }

    // MARK: Stream

    mutating func onStream(
        offset: UInt64, _ data: UnsafeRawBufferPointer, isFinal: Bool, now: Instant
    ) throws(ConnectionFault) {
        if data.isEmpty, !isFinal { try spendGlitch(now: now) }
        let isTaken: Bool
        do {
            isTaken = try receiveStream.onData(offset: offset, data, isFinal: isFinal)
        } catch {
            throw Self.fault(error)
        }
        guard isTaken else { throw .noRoom }
    }

    private static func fault(_ violation: ReceiveStream.Violation) -> ConnectionFault {
        switch violation {
        case .beyondLimit: .violation(.flowControlError, "data beyond the window")
        case .finalSizeChanged: .violation(.finalSizeError, "the final size changed")
        }
    }

    private mutating func onReset(code: UInt64, finalSize: UInt64) throws(ConnectionFault) {
        let isNew = receiveStream.resetCode == nil && !receiveStream.isConsumed
        do {
            try receiveStream.onReset(code: code, finalSize: finalSize)
        } catch {
            throw Self.fault(error)
        }
        if isNew, mayRead { outbox.tell(.reset(code: code)) }
    }

    private mutating func onStop(code: UInt64) {
        guard !sendStream.isReset, !counters.isStopAnnounced else { return }
        counters.isStopAnnounced = true
        sendStream.reset(code: code)
        outbox.tell(.stopped(code: code))
    }

    private mutating func onMaxData(_ limit: UInt64, now: Instant) throws(ConnectionFault) {
        guard limit <= Limits.streamOffsetMaximum else {
            throw .violation(.frameEncodingError, "MAX_DATA beyond the largest offset")
        }
        if !sendStream.raiseCredit(to: limit) { try spendGlitch(now: now) }
    }

    private mutating func onConsumed(finalSize: UInt64) throws(ConnectionFault) {
        guard case .finished = sendStream.ending, sendStream.sentOffset == finalSize,
            sendStream.finalSize == finalSize
        else {
            guard sendStream.isReset else {
                throw .violation(.finalSizeError, "CONSUMED for a stream that did not end there")
            }
            return
        }
        guard !lifecycle.isSendConfirmed else { return }
        lifecycle.onSendConfirmed()
        outbox.tell(.sendConfirmed)
    }

    // MARK: Acknowledgements

    private mutating func onAck(
        _ frame: AckFrame, isInitial: Bool, now: Instant
    ) throws(ConnectionFault) {
        // RFC 9002 §6.2.1: a client backs off until the server knows its address.
        let isHonest =
            isInitial
            ? recovery.onAck(
                frame, in: &initial, provesProgress: context.side == .server, now: now)
            : recovery.onAck(frame, in: &session, provesProgress: true, now: now)
        guard isHonest else {
            throw .violation(.protocolViolation, "an acknowledgement of a packet never sent")
        }
        if !isInitial {
            congestion.onAckFrame(
                largest: frame.largest.value, counts: frame.ecnCounts,
                nextNumber: session.sent.nextNumber)
        }
        applyRecovery(isInitial: isInitial, now: now)
    }

    /// Tells the owners of the frames what became of the packets that recovery settled.
    mutating func applyRecovery(isInitial: Bool, now: Instant) {
        if !isInitial, let newest = recovery.acked.first {
            protection.session?.keys?.onAcked(generation: newest.keyGeneration)
        }
        congestion.onAcked(recovery.acked, smoothedRTT: recovery.rtt.smoothedRTT, now: now)
        for packet in recovery.acked {
            notePathMTU(acked: packet, now: now)
            onAcked(packet, isInitial: isInitial)
        }
        if !recovery.spuriouslyLost.isEmpty {
            counters.statistics.packetsSpuriouslyLost += UInt64(recovery.spuriouslyLost.count)
            congestion.onSpuriouslyLost(recovery.spuriouslyLost, isInitial: isInitial, now: now)
        }
        if !recovery.lost.isEmpty { onLosses(isInitial: isInitial, now: now) }
        congestion.onAckEnd(
            rtt: recovery.rtt, rttSample: recovery.rttSample, bytesInFlight: bytesInFlight,
            now: now)
        if counters.isSendBufferFull, sendBufferRoom > sendBufferSize / 4 {
            counters.isSendBufferFull = false
            outbox.tell(.writable)
        }
    }

    private mutating func onAcked(_ packet: SentPacket, isInitial: Bool) {
        if packet.cryptoLength > 0 {
            if isInitial {
                handshake.initialCrypto.onAcked(packet.cryptoRange)
            } else {
                handshake.sessionCrypto.onAcked(packet.cryptoRange)
            }
        }
        if packet.ackedBelow > 0 {
            if isInitial {
                initial.acks.onAckAcknowledged(below: packet.ackedBelow)
            } else {
                session.acks.onAckAcknowledged(below: packet.ackedBelow)
            }
        }
        guard !isInitial else { return }
        handshake.onControlAcked(packet.control)
        sendStream.onAcked(packet)
        receiveStream.onControlAcked(packet.control)
    }

    private mutating func onLosses(isInitial: Bool, now: Instant) {
        for packet in recovery.lost { requeue(packet, isInitial: isInitial) }
        notePathMTU(lost: recovery.lost, now: now)
        counters.statistics.packetsLost += UInt64(
            recovery.lost.count { !$0.control.contains(.pathMTUProbe) })
        let isPersistent = recovery.isPersistentlyCongested
        let began = congestion.onLost(
            recovery.lost, numbers: recovery.lostNumbers, isInitial: isInitial,
            isPersistent: isPersistent, now: now)
        if began { recovery.onRecoveryStarted() }
        if isPersistent { recovery.onPersistentCongestion() }
    }

    /// Has the contents of a packet sent again, in another packet.
    mutating func requeue(_ packet: SentPacket, isInitial: Bool) {
        handshake.onControlLost(packet.control)
        if packet.cryptoLength > 0 {
            if isInitial {
                handshake.initialCrypto.onLost(packet.cryptoRange)
            } else {
                handshake.sessionCrypto.onLost(packet.cryptoRange)
            }
        }
        guard !isInitial else { return }
        sendStream.onLost(packet)
        sendStream.onControlLost(packet.control)
        receiveStream.onControlLost(packet.control)
        paths.onControlLost(packet.control)
    }
}
