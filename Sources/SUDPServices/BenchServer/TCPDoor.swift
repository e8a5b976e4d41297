internal import SUDPTransport
internal import Synchronization

/// A TCP port of a benchmark server that is open for one client, for as long as that is here.
///
/// Nobody is sent a byte before showing the token that the client was told over its connection.
final class TCPDoor: Sendable {
    private struct State: Sendable {
        var isOver = false
        /// Those who have not shown the token yet, the oldest first.
        var strangers: [TCPLoad] = []
    }

    let port: UInt16
    let token: [UInt8]
    private let hall: BenchHall
    private let visit: BenchVisit
    private let state = Mutex(State())

    /// Opens the port that UDP uses there, or another one; nil when that cannot be.
    init?(beside address: NetworkAddress, visit: BenchVisit, hall: BenchHall) {
        var anyPort = address
        anyPort.port = 0
        guard
            let socket = (try? TCPSocket.listen(at: address))
                ?? (try? TCPSocket.listen(at: anyPort))
        else { return nil }
        var random = SystemRandomNumberGenerator()
        token = (0..<BenchConstants.tokenByteCount).map { _ in random.next() }
        port = socket.port
        (self.hall, self.visit) = (hall, visit)
        guard DedicatedThread({ [self] in accept(on: socket) }) != nil else { return nil }
        visit.onEnd { [weak self] in self?.close() }
    }

    private func close() {
        let strangers = state.withLock { state in
            state.isOver = true
            return state.strangers
        }
        for stranger in strangers { stranger.end(.complete, reason: "") }
    }

    private func accept(on listener: TCPSocket) {
        while !state.withLock({ $0.isOver }) {
            guard let socket = listener.accept(withinMilliseconds: 200) else { continue }
            let load = TCPLoad(socket)
            receive(load)
            if DedicatedThread({ [self] in serve(load) }) == nil { forget(load) }
        }
    }

    /// Lets a stranger wait; where too many do, the oldest has had its time, so that nobody can
    /// keep the client out by waiting.
    private func receive(_ stranger: TCPLoad) {
        let oldest: TCPLoad? = state.withLock { state in
            state.strangers.append(stranger)
            let isCrowded = state.strangers.count > BenchConstants.maximumStrangers
            return isCrowded ? state.strangers.removeFirst() : nil
        }
        oldest?.end(.complete, reason: "")
    }

    private func forget(_ stranger: TCPLoad) {
        state.withLock { state in state.strangers.removeAll { $0 === stranger } }
    }

    private func serve(_ load: TCPLoad) {
        let message = load.readMessage(within: BenchConstants.tcpTokenLimit)
        forget(load)
        switch message {
        case .join(let shown, let request):
            carry(load, shown, group: request.group) { [hall, visit] in
                ServedFlow(stream: load, request: request, hall: hall, visit: visit).run()
            }
        case .transact(let shown, let transaction):
            carry(load, shown, group: 0) { [hall, visit] in
                ServedTransactions(
                    stream: load, transaction: transaction, hall: hall, visit: visit
                ).run()
            }
        default: break
        }
        load.end(.complete, reason: "")
    }

    /// Lets `body` have the connection of a client that shows the token, until that ends it.
    private func carry(_ load: TCPLoad, _ shown: [UInt8], group: UInt32, by body: () -> Void) {
        guard ConstantTime.equal(shown, token), visit.join(load, group: group) else { return }
        defer { visit.leave(load, load.statistics) }
        guard load.write(.ready) else { return }
        body()
        _ = try? load.receive { [hall, visit] in hall.charge($0.count, to: visit) }
    }
}
