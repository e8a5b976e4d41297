/// Two token buckets, for requests and for bytes; whoever empties one is muted for a while.
struct FloodGate: Equatable, Sendable {
    /// What becomes of a request.
    enum Verdict: Equatable {
        case allowed
        /// The limit was passed just now.
        case muted
        /// It came during the punishment.
        case ignored
    }

    private var requests = Double(ChatConstants.requestBurst)
    private var bytes = Double(ChatConstants.byteBurst)
    private var lastTime: UInt64
    private(set) var mutedUntil: UInt64 = 0
    private(set) var refusals = 0

    init(now: UInt64) {
        lastTime = now
    }

    /// Takes a request of so many bytes into account; times are in milliseconds.
    mutating func admit(byteCount: Int, now: UInt64) -> Verdict {
        refill(now: now)
        guard now >= mutedUntil else {
            refusals += 1
            return .ignored
        }
        guard requests >= 1, bytes >= Double(byteCount) else {
            mutedUntil = now + ChatConstants.floodMuteMilliseconds
            refusals += 1
            return .muted
        }
        requests -= 1
        bytes -= Double(byteCount)
        refusals = 0
        return .allowed
    }

    private mutating func refill(now: UInt64) {
        guard now > lastTime else { return }
        let seconds = Double(now - lastTime) / 1000
        lastTime = now
        requests = min(
            requests + seconds * Double(ChatConstants.requestRate),
            Double(ChatConstants.requestBurst))
        bytes = min(
            bytes + seconds * Double(ChatConstants.byteRate), Double(ChatConstants.byteBurst))
    }
}
