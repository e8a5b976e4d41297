internal import SUDPProtocol

/// Attempts at the addresses of one server, of which the first to be established wins (RFC 8305).
struct ConnectionRace {
    /// RFC 8305 §5: the recommended delay between attempts.
    private static let attemptDelay = Duration.milliseconds(250)

    private enum Step: Sendable {
        case mayStartNext
        case established(ConnectionLink)
        case failed(TransportError)
    }

    let host: String
    let port: UInt16
    let mailbox: Mailbox<DriverMessage>
    let security: ClientSecurity
    let configuration: Configuration
    let deadline: ContinuousClock.Instant
    /// What the stream begins with; it goes with the opening of the first attempt, and otherwise
    /// once a connection is established.
    let firstBytes: FirstBytes

    /// Opens connections until one is established, and closes the others.
    func run(_ addresses: [NetworkAddress]) async throws(TransportError) -> ConnectionLink {
        let result = await withTaskGroup(of: Step.self) { group in
            var waiting = addresses[...]
            var failure = TransportError(.unreachable, "there is no address to connect to")
            var winner: ConnectionLink?
            let first = waiting.first
            start(&waiting, in: &group)
            while let step = await group.next() {
                switch step {
                case .mayStartNext:
                    if winner == nil { start(&waiting, in: &group) }
                case .established(let link):
                    if winner == nil {
                        if link.remote != first { firstBytes.write(to: link) }
                        winner = link
                    } else {
                        Self.cancel(link)
                    }
                    group.cancelAll()
                case .failed(let error):
                    failure = Self.worse(failure, error)
                    if winner == nil { start(&waiting, in: &group) }
                }
            }
            return winner.map { .success($0) } ?? Result<_, TransportError>.failure(failure)
        }
        return try result.get()
    }

    private func start(
        _ waiting: inout ArraySlice<NetworkAddress>, in group: inout TaskGroup<Step>
    ) {
        let isFirst = waiting.startIndex == 0
        guard let address = waiting.popFirst() else { return }
        group.addTask { await attempt(address, isFirst: isFirst) }
        guard !waiting.isEmpty else { return }
        group.addTask {
            try? await Task.sleep(for: Self.attemptDelay)
            return .mayStartNext
        }
    }

    private func attempt(_ address: NetworkAddress, isFirst: Bool) async -> Step {
        guard !Task.isCancelled else { return .failed(.cancelled) }
        let link = ConnectionLink(
            remote: address, mailbox: mailbox, sendBufferLimit: configuration.sendBufferLimit,
            ticketTaker: ticketTaker)
        if isFirst { firstBytes.write(to: link) }
        let rest = max(deadline - .now, .zero)
        let path = NetworkPath(local: .unspecified(address.family), remote: address)
        let settings = configuration.protocolSettings(
            for: path, interfaceDatagramSize: InterfaceMTU.datagramSize(towards: address),
            handshakeTimeout: TimeSpan(rest))
        mailbox.post(
            .open(
                ClientOpening(
                    link: link, security: resuming(isFirst: isFirst), configuration: settings)))
        await link.wait(for: .opened)
        switch link.phase {
        case .opening:
            Self.cancel(link)
            return .failed(.cancelled)
        case .established: return .established(link)
        case .closed(let end): return .failed(TransportError(end, peer: address))
        }
    }

    private var ticketTaker: (@Sendable (SessionTicket) -> Void)? {
        guard let tickets = configuration.tickets else { return nil }
        return { [host, port] ticket in tickets.insert(ticket, host: host, port: port) }
    }

    /// The security of an attempt: only the first one may use up a ticket.
    private func resuming(isFirst: Bool) -> ClientSecurity {
        guard let tickets = configuration.tickets,
            case .secure(let context, let serverName, let wallClock, _) = security
        else { return security }
        let resumption = Resumption(
            ticket: isFirst && configuration.resumesSessions
                ? tickets.take(host: host, port: port) : nil,
            asksForTicket: true,
            sendsEarlyData: !firstBytes.isEmpty)
        return .secure(
            context, serverName: serverName, wallClock: wallClock, resumption: resumption)
    }

    private static func cancel(_ link: ConnectionLink) {
        let code = ReservedCode.cancelled
        link.request(.close(code: code.rawValue, reason: code.reason))
    }

    /// The failure that tells the user more.
    private static func worse(_ a: TransportError, _ b: TransportError) -> TransportError {
        rank(b.category) >= rank(a.category) ? b : a
    }

    private static func rank(_ category: TransportError.Category) -> Int {
        switch category {
        case .authentication: 6
        case .protocol, .truncated, .local, .system: 5
        case .serverFull, .closedByPeer: 4
        case .refused: 3
        case .timeout, .lost: 2
        case .unreachable: 1
        case .cancelled: 7
        }
    }
}
