internal import SUDPTransport
internal import Synchronization

/// One client of a server, with all of its connections.
final class BenchVisit: Sendable {
    /// A connection of the client beside the one on which it is spoken to.
    private struct Flow: Sendable {
        let stream: any LoadStream
        /// The group of a flow; nil for a connection that answers pings.
        let group: UInt32?
    }

    private struct State: Sendable {
        var flows: [ObjectIdentifier: Flow] = [:]
        /// What the connections that are over have moved, by group, and those of forgotten groups.
        var past: [UInt32: BenchStatistics] = [:]
        var older = BenchStatistics()
        var end: (code: BenchCode, reason: String)?
        var onEnd: [@Sendable () -> Void] = []
    }

    let token: [UInt8]
    let control: Connection
    private let byteLimit: UInt64?
    private let moved = Atomic<UInt64>(0)
    private let state = Mutex(State())

    /// A visit of a client that may move so many bytes.
    init(control: Connection, byteLimit: UInt64?) {
        (self.control, self.byteLimit) = (control, byteLimit)
        var random = SystemRandomNumberGenerator()
        token = (0..<BenchConstants.tokenByteCount).map { _ in random.next() }
    }

    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Takes in a connection that carries load, or one that answers pings; false when there are
    /// enough of those or the visit is over.
    func join(_ stream: any LoadStream, group: UInt32?) -> Bool {
        state.withLock { state in
            let limit =
                group == nil ? BenchConstants.maximumEchoes : BenchConstants.maximumFlows
            let count = state.flows.values.count { ($0.group == nil) == (group == nil) }
            guard state.end == nil, count < limit else { return false }
            state.flows[ObjectIdentifier(stream)] = Flow(stream: stream, group: group)
            return true
        }
    }

    /// Lets a connection go, and remembers its last counters.
    func leave(_ stream: any LoadStream, _ last: BenchStatistics) {
        state.withLock { state in
            guard let flow = state.flows.removeValue(forKey: ObjectIdentifier(stream)) else {
                return
            }
            guard let group = flow.group else { return }
            state.past[group] = state.past[group]?.adding(last) ?? last
            guard state.past.count > BenchConstants.groupsRemembered else { return }
            for (other, past) in state.past where other != group {
                state.older = state.older.adding(past)
                state.past[other] = nil
            }
        }
    }

    /// The statistics of a group of flows and of this process.
    func statistics(group: UInt32, visits: Int) async -> BenchStatistics {
        var sum = ProcessUsage.now()
        sum.visits = UInt64(clamping: visits)
        let (past, flows) = state.withLock { ($0.past[group], Array($0.flows.values)) }
        if let past { sum = sum.adding(past) }
        for flow in flows where flow.group == group {
            sum = sum.adding(await flow.stream.counters())
        }
        return sum
    }

    /// What all flows so far have moved.
    func total() async -> BenchStatistics {
        var (sum, flows) = state.withLock { state in
            (state.past.values.reduce(state.older) { $0.adding($1) }, Array(state.flows.values))
        }
        for flow in flows where flow.group != nil {
            sum = sum.adding(await flow.stream.counters())
        }
        return sum
    }

    /// Counts bytes that are to be sent or were received; false when they are beyond the visit's
    /// limit, which ends it.
    @discardableResult
    func spend(_ byteCount: Int) -> Bool {
        guard let byteLimit else { return true }
        let sum = moved.add(UInt64(clamping: byteCount), ordering: .relaxed).newValue
        guard sum > byteLimit else { return true }
        end(.bytesOver, reason: "the server gives a client \(byteLimit) bytes")
        return false
    }

    /// Calls `body` when the visit ends, or now when it is over.
    func onEnd(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if state.end == nil { state.onEnd.append(body) }
            return state.end != nil
        }
        if isOver { body() }
    }

    /// Ends the client's connections; only the first end counts.
    func end(_ code: BenchCode, reason: String) {
        let (flows, actions) = state.withLock { state in
            guard state.end == nil else { return ([], []) as ([Flow], [@Sendable () -> Void]) }
            state.end = (code, reason)
            defer { state.onEnd = [] }
            return (Array(state.flows.values), state.onEnd)
        }
        // Whoever sees another connection end finds the reason here.
        control.close(code: code.rawValue, reason: reason)
        for flow in flows { flow.stream.end(code, reason: reason) }
        for action in actions { action() }
    }
}
