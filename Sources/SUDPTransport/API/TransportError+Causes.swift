internal import SUDPCrypto
internal import SUDPProtocol

extension TransportError {
    static let cancelled = TransportError(.cancelled, "cancelled")

    /// The operating system refused.
    init(_ error: SystemError) {
        self.init(.system(errno: error.errno, operation: error.operation), error.description)
    }

    /// A key, certificate or trust setting cannot be used.
    init(_ error: CryptoError) {
        self.init(.local, error.description)
    }

    /// Whatever setting up a side threw.
    init(cause error: any Error) {
        switch error {
        case let error as TransportError: self = error
        case let error as SystemError: self.init(error)
        case let error as CryptoError: self.init(error)
        default: self.init(.local, "\(error)")
        }
    }

    /// A name could not be turned into addresses.
    init(_ failure: ResolutionFailure, host: String) {
        switch failure {
        case .timedOut:
            self.init(.timeout, "\(host): the name was not resolved in time; check the name server")
        case .cancelled:
            self = .cancelled
        case .unknown(let words):
            self.init(.unreachable, "\(host): \(words); check the name")
        case .system(let error):
            self.init(error)
        }
    }

    /// The connection with `peer` is over.
    init(_ end: LinkEnd, peer: NetworkAddress) {
        switch end {
        case .closed(let reason): self.init(reason, peer: peer)
        case .unreachable(let errno):
            let words = SystemError.text(of: errno)
            let isRefused = errno == SystemError.connectionRefused
            let advice =
                isRefused
                ? "nobody listens there; check the port and that the server runs"
                : "check the address and the network"
            self.init(
                isRefused ? .refused : .unreachable, "connect to \(peer.text): \(words); \(advice)")
        case .failed(let error): self.init(error)
        }
    }

    private init(_ reason: CloseReason, peer: NetworkAddress) {
        let name = peer.text
        switch reason {
        case .complete:
            self.init(.local, "the connection with \(name) is complete")
        case .closedLocally:
            self.init(.local, "the connection with \(name) was closed on this side")
        case .closedByPeer(let code, let words):
            self.init(Self.category(code, words), "\(name): \(Self.sentence(code, words))")
        case .handshakeFailed(let failure):
            self.init(.authentication(failure), "\(name): \(failure.reason)")
        case .protocolViolation(let code, let words):
            self.init(
                .protocol, "\(name) broke the protocol: \(words) (error \(code.rawValue))")
        case .handshakeTimedOut(let heardFromPeer):
            self.init(
                .timeout,
                heardFromPeer
                    ? "connect to \(name): the handshake did not finish in time; try again"
                    : "connect to \(name): no answer; check the address, the port and firewalls")
        case .peerLost(let seconds):
            self.init(.lost, "\(name) has been silent for \(seconds) s and counts as lost")
        case .stateLost:
            self.init(.lost, "\(name) no longer knows the connection; it may have restarted")
        case .versionNotSupported(let versions):
            let list = versions.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
            self.init(
                .protocol, "\(name) speaks no version of this side; its own are \(list)")
        }
    }

    private static func category(_ code: CloseCode, _ reason: String) -> Category {
        switch code {
        case .transport(.connectionRefused), .application(ReservedCode.serverFull.rawValue):
            .serverFull
        default: .closedByPeer(code, reason: reason)
        }
    }

    private static func sentence(_ code: CloseCode, _ reason: String) -> String {
        switch category(code, reason) {
        case .serverFull: return "the server takes no more connections; try again later"
        default: break
        }
        let words = reason.isEmpty ? "" : ": \(reason)"
        switch code {
        case .application(let number): return "the peer closed with code \(number)\(words)"
        case .transport(let code):
            return "the peer closed with transport error \(code.rawValue)\(words)"
        case .tlsAlert(let alert): return "the peer closed with alert \(alert)\(words)"
        }
    }

    /// Nothing more can be written to `peer`.
    init(_ end: SendEnd, peer: NetworkAddress) {
        switch end {
        case .stopped(let code):
            self.init(
                .closedByPeer(.application(code), reason: ""),
                "\(peer.text) reads no more of the stream (code \(code))")
        case .confirmed, .reset:
            self = .writingEnded
        }
    }

    static let writingEnded = TransportError(
        .local, "nothing can be written after the stream was finished or reset")
    static let readingStopped = TransportError(
        .local, "nothing can be read after reading was stopped")

    /// The peer gave up its stream.
    static func truncated(code: UInt64, peer: NetworkAddress) -> TransportError {
        TransportError(
            .truncated, "\(peer.text) gave its stream up with code \(code); it is not complete")
    }
}
