internal import SUDPCrypto

extension ConnectionCore {
    /// Whether this side has the keys, and the right, to send DATA packets.
    var maySendSessionPackets: Bool {
        guard protection.session != nil else { return false }
        return context.side == .server || handshake.isComplete
    }

    /// The peer speaks another version.
    ///
    /// Only a client that heard nothing else believes it.
    mutating func onVersionNegotiation(_ packet: UnsafeRawBufferPointer, now: Instant) {
        guard context.side == .client, lifecycle.state == .opening, !ids.isRemoteFixed,
            ids.retrySource == nil,
            let answer = VersionNegotiation.parse(packet), answer.version == 0,
            answer.destination == ids.local.bytes, answer.source == ids.remote.bytes,
            !answer.versions.contains(Limits.version)
        else {
            counters.statistics.packetsDropped += 1
            return
        }
        abandon(.versionNotSupported(Array(answer.versions.prefix(Limits.versionsReported))))
    }

    /// The server wants our address proven: the same flight goes again with its token.
    mutating func onRetry(_ packet: UnsafeRawBufferPointer, header: LongHeader, now: Instant) {
        guard !ids.isRemoteFixed, ids.retrySource == nil, header.destination == ids.local,
            header.source != ids.remote,
            let token = RetryPacket.token(
                of: packet, header: header, original: ids.originalDestination)
        else {
            counters.statistics.packetsDropped += 1
            return
        }
        ids.onRetry(source: header.source, token: token)
        protection.initial = InitialKeys(destination: header.source, side: .client)
        // Anyone who saw the SYN could have sent it: then nobody answers at its address.
        context.freshStartDeadline = now + Limits.freshStartTimeout
        requeueInitialFlight(now: now)
    }

    private mutating func requeueInitialFlight(now: Instant) {
        if handshake.earlyData != nil {
            repeatEarlyData(now: now)
            beginEarlyData()
        }
        var number = initial.sent.firstOutstanding
        while number < initial.sent.nextNumber {
            if let packet = initial.sent.mark(number, .lost), packet.state == .outstanding {
                requeue(packet, isInitial: true)
            }
            number += 1
        }
        recovery.resetProbes()
    }

    /// Begins the opening anew with fresh connection IDs, because what answered was not the peer.
    mutating func startAfresh(now: Instant) {
        guard let security = context.security?.withoutTicket else { return }
        let local = ConnectionID(value: context.random.next())
        let original = ConnectionID(value: context.random.next())
        let parameters = TransportParameters.make(
            for: context.configuration, initialSource: local)
        do {
            handshake = try Handshake(client: security, parameters: parameters)
        } catch {
            return fail(.handshake(error), now: now)
        }
        outbox.tell(.removeConnectionID(ids.local))
        ids = ConnectionIDs(
            local: local, remote: original, originalDestination: original, isRemoteFixed: false)
        outbox.tell(.addConnectionID(local))
        protection = PacketProtectionState(
            initial: InitialKeys(destination: original, side: .client))
        initial = PacketSpace()
        session = PacketSpace()
        recovery.resetProbes()
        // What was sent before is neither acknowledged nor lost: nothing may wait for it.
        congestion = CongestionState(
            context.configuration.congestionControl, datagramSize: congestion.datagramSize,
            seed: context.random.next(), since: now)
        sendStream.rewind()
        if receiveStream.stopCode != nil { receiveStream.onControlLost(.stop) }
        context.freshStartDeadline = nil
    }

    /// The server forgot an opening that it never confirmed, and no byte went either way for good.
    private var mayStartAfresh: Bool {
        context.side == .client && !handshake.isConfirmed && !lifecycle.isSendConfirmed
            && sendStream.acknowledgedOffset == 0 && receiveStream.isUntouched
    }

    // MARK: Stateless reset

    /// RFC 9000 §10.3.1: the last 16 bytes are the token that only the server could know.
    func isStatelessReset(_ packet: UnsafeMutableRawBufferPointer) -> Bool {
        guard let token = ids.peerResetToken, packet.count >= Limits.resetByteCountMinimum else {
            return false
        }
        let tail = UnsafeRawBufferPointer(rebasing: packet.suffix(token.count))
        return token.withUnsafeBytes { ConstantTime.equal($0, tail) }
    }

    mutating func onStatelessReset(now: Instant) {
        guard lifecycle.isOpen else { return }
        if lifecycle.isSendConfirmed, receiveStream.isConsumed {
            drain(.complete, now: now)
        } else if mayStartAfresh {
            startAfresh(now: now)
        } else {
            drain(.stateLost, now: now)
        }
    }
}

extension TransportParameters {
    static func make(
        for configuration: ConnectionConfiguration, initialSource: ConnectionID
    ) -> TransportParameters {
        var parameters = TransportParameters()
        parameters.initialSource = initialSource
        parameters.initialMaxData = configuration.initialReceiveWindow
        parameters.maxAckDelayMilliseconds = Limits.maxAckDelay.nanoseconds / 1_000_000
        return parameters
    }
}
