/// Token buckets for requests, bytes and lines; whoever empties one is muted for a while.
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
    private var lines = Double(ChatConstants.lineBurst)
    private var lastTime: UInt64
    private(set) var mutedUntil: UInt64 = 0
    private(set) var refusals = 0

    init(now: UInt64) {
        lastTime = now
    }

    /// Takes a request with this text into account; times are in milliseconds.
    mutating func admit(_ text: String, now: UInt64) -> Verdict {
        let byteCount = text.utf8.count
        let lineCount = Self.lineCount(of: text)
        refill(now: now)
        guard now >= mutedUntil else {
            refusals += 1
            return .ignored
        }
        guard requests >= 1, bytes >= Double(byteCount), lines >= Double(lineCount) else {
            mutedUntil = now + ChatConstants.floodMuteMilliseconds
            refusals += 1
            return .muted
        }
        requests -= 1
        bytes -= Double(byteCount)
        lines -= Double(lineCount)
        refusals = 0
        return .allowed
    }

    /// The lines that are counted; a text of more is refused for that.
    static func lineCount(of text: String) -> Int {
        min(text.utf8.reduce(1) { $0 + ($1 == 0x0a ? 1 : 0) }, ChatConstants.maximumLineCount)
    }

    private mutating func refill(now: UInt64) {
        guard now > lastTime else { return }
        let seconds = Double(now - lastTime) / 1000
        lastTime = now
        func refilled(_ tokens: Double, _ rate: Int, _ burst: Int) -> Double {
            min(tokens + seconds * Double(rate), Double(burst))
        }
        requests = refilled(requests, ChatConstants.requestRate, ChatConstants.requestBurst)
        bytes = refilled(bytes, ChatConstants.byteRate, ChatConstants.byteBurst)
        lines = refilled(lines, ChatConstants.lineRate, ChatConstants.lineBurst)
    }
}
