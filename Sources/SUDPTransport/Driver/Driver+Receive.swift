internal import Glibc
internal import SUDPProtocol

extension Driver {
    /// How many reports of an unreachable peer end an opening to which nobody ever answered.
    ///
    /// One could be forged, or be about a server that is just being started.
    private static let refusalsBeforeGivingUp = 3

    /// Takes what waits in the sockets, one batch each, or all that came during a pause.
    func receive() {
        let wasPausing = moderation.pauseEnd != nil
        let mayReceive = moderation.mayReceive(now: now)
        var isDrained = true
        for (index, socket) in port.sockets.enumerated() {
            if polls.isWritable(socket: index) { port.sendUnsent() }
            let isReadable = polls.isReadable(socket: index) || wasPausing && mayReceive
            guard isReadable else { continue }
            let isEmpty = port.receive(from: socket) { buffer, train in take(buffer, train) }
            isDrained = isDrained && isEmpty
            if polls.hasReports(socket: index) { takeReports(from: socket) }
        }
        if mayReceive, isDrained { moderation.onSocketsEmpty(now: now) }
    }

    private func take(_ buffer: DatagramBuffer, _ train: ReceivedTrain) {
        var offset = 0
        while let route = endpoint.route(
            buffer, train, offset: &offset, now: now, accepting: server?.isAccepting ?? false,
            reply: port.reply)
        {
            switch route {
            case .connection(let handle, let range):
                guard let slot = slots[handle] else { continue }
                slot.localAddress = train.path.local
                slot.core.handle(buffer, run: range, of: train, now: now)
                moderation.onReceived(
                    tolerance: slot.core.unreadTolerance, isBulk: slot.core.isReceivingBulk,
                    now: now)
                touch(slot)
            case .accept(let incoming, let range):
                guard let slot = accept(incoming) else { continue }
                slot.core.handle(buffer, run: range, of: train, now: now)
                touch(slot)
            case .reply(let transmit):
                port.sendReply(transmit)
            case .drop:
                continue
            }
        }
    }

    private func accept(_ incoming: Incoming) -> ConnectionSlot? {
        guard let server else { return nil }
        guard !server.isFull else {
            let answer = endpoint.refuse(incoming, reason: "server full", reply: port.reply)
            if let answer { port.sendReply(answer) }
            return nil
        }
        let configuration = server.configuration(for: incoming.path, now: now)
        let core = endpoint.accept(
            incoming, security: server.rules.securityNow(), configuration: configuration, now: now)
        let link = ConnectionLink(
            remote: incoming.path.remote, mailbox: mailbox,
            sendBufferLimit: configuration.sendBufferLimit)
        return add(ConnectionSlot(core: core, link: link, role: .server))
    }

    /// Begins to open a connection as a client.
    func open(_ opening: ClientOpening) {
        let remote = opening.link.remote
        do {
            let core = try endpoint.connect(
                to: NetworkPath(local: .unspecified(remote.family), remote: remote),
                security: opening.security, configuration: opening.configuration, now: now)
            let slot = add(ConnectionSlot(core: core, link: opening.link, role: .client))
            openingCount += 1
            if openingCount == 1 { reportUnreachablePeers(true) }
            touch(slot)
        } catch {
            let failure = error as? HandshakeFailure
            let reason = failure.map { CloseReason.handshakeFailed($0) } ?? .stateLost
            opening.link.onClosed(.closed(reason), statistics: Statistics())
        }
    }

    private func add(_ slot: ConnectionSlot) -> ConnectionSlot {
        slot.link.slot = slot
        slots[slot.handle] = slot
        return slot
    }

    // MARK: Unreachable peers

    /// Has ICMP reports read while a client waits for its server.
    func reportUnreachablePeers(_ isOn: Bool) {
        for socket in port.sockets { socket.reportUnreachablePeers(isOn) }
    }

    private func takeReports(from socket: UDPSocket) {
        for report in UnreachablePeer.reports(from: socket) {
            for slot in slots.values where slot.isOpening && slot.link.remote == report.remote {
                onUnreachable(slot, errno: report.errno)
            }
        }
    }

    /// A datagram of an opening did not reach the peer.
    func onUnreachable(_ slot: ConnectionSlot, errno: Int32) {
        guard [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EAFNOSUPPORT].contains(errno),
            slot.core.statistics.packetsReceived == 0
        else { return }
        slot.refusals += 1
        slot.lastRefusal = errno
        guard slot.refusals >= Self.refusalsBeforeGivingUp else { return }
        slot.isAbandoned = true
        onClosed(slot, .unreachable(errno: errno))
        touch(slot)
    }
}

extension NetworkAddress {
    /// The address that leaves the choice to the system.
    static func unspecified(_ family: Family) -> NetworkAddress {
        switch family {
        case .ipv4: NetworkAddress(ipv4: 0, port: 0)
        case .ipv6: NetworkAddress(ipv6High: 0, low: 0, port: 0)
        }
    }
}
