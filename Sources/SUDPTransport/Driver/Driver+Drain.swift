internal import SUDPProtocol

extension Driver {
    /// Moves everything that can move now in one connection: the contract of `ConnectionCore`.
    ///
    /// Application and core exchange what they have, datagrams go out, events come in; again while
    /// an event calls for it. Then the endpoint hears its part and the deadline is set anew.
    func drain(_ slot: ConnectionSlot) {
        guard slots[slot.handle] != nil else { return }
        now = MonotonicClock.now()
        var trains = 0
        var isBusy = !slot.isAbandoned
        while isBusy {
            slot.exchange(now: now) { statistics(of: $0) }
            transmit(slot, &trains)
            isBusy = handleEvents(of: slot)
        }
        while let event = slot.core.pollEndpointEvent() {
            endpoint.handle(event, from: slot.handle)
        }
        guard !slot.core.isDrained, !slot.isAbandoned else { return remove(slot) }
        deadlines.update(slot, to: slot.core.nextTimeout)
        if port.isBlocked || trains >= Self.trainsPerTurn { touch(slot) }
    }

    private func transmit(_ slot: ConnectionSlot, _ trains: inout Int) {
        while !port.isBlocked, trains < Self.trainsPerTurn,
            let transmit = slot.core.pollTransmit(now: now, into: port.train)
        {
            trains += 1
            let outcome = port.sendTrain(transmit)
            if case .lost(let errno) = outcome, slot.isOpening {
                onUnreachable(slot, errno: errno)
            }
        }
    }

    /// Passes on what the core tells; true when application and core have something to exchange.
    private func handleEvents(of slot: ConnectionSlot) -> Bool {
        var mustExchange = false
        while let event = slot.core.pollEvent() {
            switch event {
            case .established:
                onEstablished(slot)
            case .ticket(let ticket):
                slot.link.onTicket(ticket)
            case .readable, .reset:
                slot.onReadable()
                mustExchange = true
            case .writable:
                mustExchange = true
            case .stopped(let code):
                slot.link.onSendEnd(.stopped(code: code))
            case .sendConfirmed:
                slot.link.onSendEnd(.confirmed)
            case .closed(.handshakeTimedOut(heardFromPeer: false)) where slot.refusals > 0:
                onClosed(slot, .unreachable(errno: slot.lastRefusal))
            case .closed(let reason):
                onClosed(slot, .closed(reason))
            }
        }
        return mustExchange
    }

    // MARK: Milestones

    private func onEstablished(_ slot: ConnectionSlot) {
        guard let identity = slot.core.peerIdentity else { return }
        let isOpening = slot.isOpening
        slot.isEstablished = true
        if isOpening { onOpeningEnded() }
        let path = NetworkPath(local: slot.localAddress, remote: slot.core.path.remote)
        slot.link.onEstablished(identity, path: path, awaitsTicket: slot.core.awaitsTicket)
        guard let server, slot.role == .server else { return }
        server.establishedCount += 1
        if server.establishedCount > server.rules.maximumConnections {
            refuse(slot, .serverFull)
        } else {
            server.established.append(slot.link)
        }
    }

    /// Gives the application what was established in this turn, waking it at most once.
    func handOverEstablished() {
        guard let server, !server.established.isEmpty else { return }
        defer { server.established.removeAll(keepingCapacity: true) }
        guard !server.queue.append(server.established) else { return }
        for link in server.established {
            if let slot = link.slot { refuse(slot, .listenerClosed) }
        }
    }

    /// Tells the peer that its connection will not be used.
    func refuse(_ slot: ConnectionSlot, _ code: ReservedCode) {
        slot.core.close(code: code.rawValue, reason: code.reason, now: now)
        touch(slot)
    }

    /// The connection is over for its application, though its core may have to answer for a while.
    func onClosed(_ slot: ConnectionSlot, _ end: LinkEnd) {
        guard !slot.isClosed else { return }
        let isOpening = slot.isOpening
        slot.isClosed = true
        if isOpening { onOpeningEnded() }
        if slot.isEstablished { slot.readToEnd(now: now) }
        slot.link.onClosed(end, statistics: statistics(of: slot))
        guard let server, slot.role == .server else { return }
        if slot.isEstablished {
            server.establishedCount -= 1
        } else if case .closed(let reason) = end {
            server.report(slot.link.remote, reason)
        }
    }

    private func onOpeningEnded() {
        openingCount -= 1
        if openingCount == 0 { reportUnreachablePeers(false) }
    }

    private func remove(_ slot: ConnectionSlot) {
        if slot.isAbandoned { endpoint.handle(.drained, from: slot.handle) }
        deadlines.remove(slot)
        slots[slot.handle] = nil
        slot.link.slot = nil
        slot.link.onClosed(.closed(.stateLost), statistics: statistics(of: slot))
    }
}
