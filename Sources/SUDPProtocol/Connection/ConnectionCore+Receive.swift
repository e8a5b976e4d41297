extension ConnectionCore {
    /// Takes the datagrams of `run`, a part of the train that the endpoint routed here.
    public mutating func handle(
        _ buffer: DatagramBuffer, run: Range<Int>, of train: ReceivedTrain, now: Instant
    ) {
        let bytes = buffer.bytes(run)
        guard let first = bytes.first, lifecycle.state != .over else { return }
        paths.onReceived(run.count, from: train.path.remote)
        if LongHeader.isLong(first) {
            forEachDatagram(bytes, train) { core, packet in
                core.receiveLong(packet, of: train, now: now)
            }
        } else {
            protection.session?.unmask(bytes, segmentByteCount: train.segmentByteCount)
            forEachDatagram(bytes, train) { core, packet in
                core.receiveShort(packet, of: train, now: now)
            }
        }
        announceProgress()
        settle(now: now)
        forgetStillborn()
    }

    /// A server forgets at once what began with a packet that does not authenticate.
    private mutating func forgetStillborn() {
        guard context.side == .server, counters.statistics.packetsReceived == 0 else { return }
        lifecycle.abandon(.stateLost)
        leaveHalfOpen()
        outbox.tell(.drained)
    }

    private mutating func forEachDatagram(
        _ bytes: UnsafeMutableRawBufferPointer, _ train: ReceivedTrain,
        _ body: (inout ConnectionCore, UnsafeMutableRawBufferPointer) -> Void
    ) {
        let size = max(train.segmentByteCount, 1)
        var start = 0
        while start < bytes.count {
            let end = min(start + size, bytes.count)
            body(&self, UnsafeMutableRawBufferPointer(rebasing: bytes[start..<end]))
            start = end
        }
    }

    // MARK: Packets

    private mutating func receiveLong(
        _ packet: UnsafeMutableRawBufferPointer, of train: ReceivedTrain, now: Instant
    ) {
        let bytes = UnsafeRawBufferPointer(packet)
        guard let header = LongHeader(bytes) else {
            return onVersionNegotiation(bytes, now: now)
        }
        switch (context.side, header.type) {
        case (.client, .retry): onRetry(bytes, header: header, now: now)
        case (.client, .synAck), (.server, .syn):
            receiveInitial(packet, header: header, of: train, now: now)
        case (.server, .early): receiveEarly(packet, header: header, of: train, now: now)
        default: counters.statistics.packetsDropped += 1
        }
    }

    private mutating func receiveInitial(
        _ packet: UnsafeMutableRawBufferPointer, header: LongHeader, of train: ReceivedTrain,
        now: Instant
    ) {
        guard let keys = protection.initial, let truncated = header.packetNumber,
            isFromBoundPeer(header)
        else { return drop() }
        let number = PacketNumber.expand(truncated, expected: (initial.acks.largest ?? 0) + 1)
        guard !initial.acks.isDuplicate(number) else { return dropDuplicate() }
        guard keys.open(packet, headerByteCount: header.byteCount, packetNumber: number)
        else { return drop() }
        acceptInitial(header, byteCount: packet.count, path: train.path, now: now)
        let end = packet.count - InitialPacket.trailerByteCount
        let payload = UnsafeRawBufferPointer(rebasing: packet[header.byteCount..<end])
        receivePayload(payload, number: number, isInitial: true, ecn: train.ecn, now: now)
    }

    /// A client takes the first server connection ID that authenticates; all else must match.
    private func isFromBoundPeer(_ header: LongHeader) -> Bool {
        guard ids.isRemoteFixed else { return header.destination == ids.local }
        return header.source == ids.remote
    }

    private mutating func acceptInitial(
        _ header: LongHeader, byteCount: Int, path: NetworkPath, now: Instant
    ) {
        counters.statistics.packetsReceived += 1
        counters.statistics.bytesReceived += UInt64(byteCount)
        liveness.onHeard(now: now)
        guard context.side == .client else {
            if !handshake.isComplete {
                paths.move(to: path, byteCount: byteCount, challenge: context.random.next())
            }
            if header.destination == ids.local { paths.validate() }
            return
        }
        if !ids.isRemoteFixed { context.freshStartDeadline = now + Limits.freshStartTimeout }
        ids.fixRemote(header.source)
    }

    private mutating func receiveShort(
        _ packet: UnsafeMutableRawBufferPointer, of train: ReceivedTrain, now: Instant
    ) {
        guard protection.session != nil, let header = ShortHeader(packet) else {
            return onUnreadable(packet, now: now)
        }
        let number = PacketNumber.expand(
            header.truncatedPacketNumber, expected: (session.acks.largest ?? 0) + 1)
        guard !session.acks.isDuplicate(number) else { return dropDuplicate() }
        let result = protection.session?.open(
            packet, packetNumber: number, keyPhase: header.keyPhase, now: now)
        switch result {
        case .opened: break
        case .openedNextGeneration where handshake.isConfirmed: onPeerKeyUpdate(now: now)
        case .openedNextGeneration, .updatedTooSoon:
            return fail(.violation(.keyUpdateError, "key update too soon"), now: now)
        case .forged, nil: return onUnreadable(packet, now: now)
        }
        acceptSession(packet.count, number: number, of: train, now: now)
        let end = packet.count - (protection.session?.trailerByteCount ?? 0)
        let payload = UnsafeRawBufferPointer(rebasing: packet[ShortHeader.byteCount..<end])
        receivePayload(payload, number: number, isInitial: false, ecn: train.ecn, now: now)
    }

    private mutating func acceptSession(
        _ byteCount: Int, number: UInt64, of train: ReceivedTrain, now: Instant
    ) {
        counters.statistics.packetsReceived += 1
        counters.statistics.bytesReceived += UInt64(byteCount)
        liveness.onHeard(now: now)
        discardInitialSpace()
        if handshake.onSessionPacket() { becomeEstablished(now: now) }
        if paths.current.remote == train.path.remote {
            if context.side == .server, !handshake.isConfirmed { paths.validate() }
        } else if context.side == .server, handshake.isComplete,
            number > session.acks.largest ?? 0
        {
            let isNewNetwork = !paths.current.remote.isSameHost(as: train.path.remote)
            paths.follow(train.path, byteCount: byteCount, challenge: context.random.next())
            if isNewNetwork { forgetNetwork(now: now) }
        }
    }

    /// RFC 9000 §9.4: one network says nothing of another; a new port alone is a NAT's doing.
    private mutating func forgetNetwork(now: Instant) {
        recovery.onNewNetwork(now: now)
        paths.mtu.restart()
        restartCongestionControl(now: now)
        applyPathMTU()
        session.sent.abandonFlight()
    }

    /// An authentic DATA packet acknowledges all that was sent in initial packets.
    private mutating func discardInitialSpace() {
        guard protection.initial != nil else { return }
        protection.initial = nil
        initial = PacketSpace()
        recovery.resetProbes()
    }

    mutating func drop() {
        counters.statistics.packetsDropped += 1
    }

    mutating func dropDuplicate() {
        counters.statistics.packetsDuplicate += 1
    }

    private mutating func onUnreadable(
        _ packet: UnsafeMutableRawBufferPointer, now: Instant
    ) {
        guard !isStatelessReset(packet) else { return onStatelessReset(now: now) }
        drop()
        protection.forgedPackets += 1
        guard protection.forgedPackets >= Limits.integrityLimit, handshake.mode == .secure else {
            return
        }
        fail(.violation(.aeadLimitReached, "too many forged packets"), now: now)
    }

    private mutating func onPeerKeyUpdate(now: Instant) {
        let expiry = now + probeTimeout * 3
        protection.session?.keys?.retainPrevious(until: expiry)
    }

    // MARK: Frames

    private mutating func receivePayload(
        _ payload: UnsafeRawBufferPointer, number: UInt64, isInitial: Bool, ecn: ECNCodepoint,
        now: Instant
    ) {
        guard lifecycle.isOpen else { return onPacketAfterClose(payload, isInitial, now: now) }
        var reader = ByteReader(payload)
        var isAckEliciting = false
        var isImmediate = false
        var isPing = false
        recovery.forgetLastAck()
        do throws(ConnectionFault) {
            guard !payload.isEmpty else {
                throw ConnectionFault.violation(.protocolViolation, "a packet without frames")
            }
            while !reader.isAtEnd {
                guard let frame = Frame.decode(&reader) else {
                    throw ConnectionFault.violation(.frameEncodingError, "a malformed frame")
                }
                isAckEliciting = isAckEliciting || frame.isAckEliciting
                isImmediate = isImmediate || demandsImmediateAck(frame)
                if case .ping = frame { isPing = true }
                try receive(frame, isInitial: isInitial, now: now)
            }
            // A PING asks for nothing new unless it comes with news.
            if isPing, recovery.acked.isEmpty { try spendGlitch(now: now) }
        } catch .noRoom {
            // What is already here is said again, so that the sender fills the lowest hole.
            session.acks.acknowledgeSoon()
            return drop()
        } catch {
            // Anyone can seal initial packets: they end only what is not open yet.
            guard !isInitial || !handshake.isComplete else { return drop() }
            fail(error, now: now)
        }
        if isInitial {
            guard protection.initial != nil else { return }
            if isAckEliciting { repeatFlightIfLost(now: now) }
            initial.acks.onReceived(
                number, isAckEliciting: isAckEliciting, isImmediate: true, ecn: ecn, now: now)
        } else {
            session.acks.onReceived(
                number, isAckEliciting: isAckEliciting, isImmediate: isImmediate, ecn: ecn,
                roundTrip: recovery.rtt.minRTT, now: now)
        }
    }

    /// RFC 9002 §6.2.3: a client that asks again has not got our flight.
    private mutating func repeatFlightIfLost(now: Instant) {
        guard context.side == .server, handshake.hasSessionKeys, !handshake.isComplete,
            let last = initial.lastAckElicitingTime, now - last >= Limits.initialRTT
        else { return }
        handshake.initialCrypto.resend()
    }

    private func demandsImmediateAck(_ frame: Frame) -> Bool {
        switch frame {
        case .stream(_, _, let isFinal): isFinal
        case .crypto, .consumed, .handshakeDone, .ping: true
        default: false
        }
    }

    private mutating func onPacketAfterClose(
        _ payload: UnsafeRawBufferPointer, _ isInitial: Bool, now: Instant
    ) {
        lifecycle.onPacketWhileClosing()
        var reader = ByteReader(payload)
        while !reader.isAtEnd, let frame = Frame.decode(&reader) {
            guard case .close(let code, let text) = frame else { continue }
            onClose(code, text: Self.text(text), isInitial: isInitial, now: now)
        }
    }

    static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Tells the application of bytes or an end that it can read now.
    private mutating func announceProgress() {
        guard mayRead else { return }
        let hasEnd = receiveStream.finalSize == receiveStream.inOrderOffset
        guard
            receiveStream.inOrderOffset > counters.announcedOffset
                || hasEnd && !counters.isEndAnnounced
        else { return }
        counters.announcedOffset = receiveStream.inOrderOffset
        counters.isEndAnnounced = hasEnd
        outbox.tell(.readable)
    }
}
