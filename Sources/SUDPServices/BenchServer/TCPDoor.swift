internal import SUDPTransport
internal import Synchronization

/// A TCP port of a benchmark server that is open for one client, for as long as that is here.
///
/// Nobody is sent a byte before showing the token that the client was told over its connection.
final class TCPDoor: Sendable {
    private struct State: Sendable {
        var isOver = false
        var waiting = 0
        var flows: [(group: UInt32, load: TCPLoad)] = []
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

    /// The statistics of a group of flows.
    func statistics(group: UInt32) -> BenchStatistics {
        let loads = state.withLock { state in
            state.flows.filter { $0.group == group }.map(\.load)
        }
        return loads.reduce(BenchStatistics()) { $0.adding($1.statistics) }
    }

    private func close() {
        let flows = state.withLock { state in
            state.isOver = true
            return state.flows
        }
        for flow in flows { flow.load.socket.shutDown(both: true) }
    }

    private func accept(on listener: TCPSocket) {
        while !state.withLock({ $0.isOver }) {
            guard let socket = listener.accept(withinMilliseconds: 200) else { continue }
            let mayWait = state.withLock { state in
                let isAllowed = state.waiting < BenchConstants.maximumFlows
                if isAllowed { state.waiting += 1 }
                return isAllowed
            }
            guard mayWait else { continue }
            let load = TCPLoad(socket)
            if DedicatedThread({ [self] in serve(load) }) == nil {
                state.withLock { $0.waiting -= 1 }
            }
        }
    }

    private func serve(_ load: TCPLoad) {
        defer { state.withLock { $0.waiting -= 1 } }
        load.socket.setTimeouts(seconds: BenchConstants.tcpTokenSeconds)
        guard let opening = load.readAll(BenchConstants.tokenByteCount + BenchFlowRequest.byteCount)
        else { return }
        var fields = FieldReader(opening)
        guard let shown = fields.read(BenchConstants.tokenByteCount),
            ConstantTime.equal(Array(shown), token),
            let request = BenchFlowRequest(from: &fields), enter(load, request.group)
        else { return }
        load.socket.setTimeouts(seconds: 0)
        carry(request, load)
        load.socket.shutDown(both: true)
        state.withLock { state in state.flows.removeAll { $0.load === load } }
    }

    private func enter(_ load: TCPLoad, _ group: UInt32) -> Bool {
        state.withLock { state in
            guard !state.isOver else { return false }
            state.flows.append((group, load))
            return true
        }
    }

    /// Moves load until the client ends its stream.
    private func carry(_ request: BenchFlowRequest, _ load: TCPLoad) {
        switch request.direction {
        case .upload: break
        case .download: send(request, load)
        case .both:
            let sending = DedicatedThread { [self] in send(request, load) }
            guard sending != nil else { return }
        }
        load.receive { [hall, visit] in hall.charge($0, to: visit) }
    }

    private func send(_ request: BenchFlowRequest, _ load: TCPLoad) {
        let pace = LoadPace(request.bytesPerSecond, and: hall.sendLimit)
        let isWhole = load.send(
            byteCount: request.byteCount > 0 ? request.byteCount : nil,
            blockByteCount: pace.blockByteCount(atMost: Int(request.blockByteCount))
        ) { [visit] in
            pace.pass($0)
            visit.spend($0)
        }
        if isWhole { load.socket.shutDown(both: false) }
    }
}
