/// What flowed one way in some time, and how the sending side saw it.
public struct BenchFigures: Hashable, Sendable {
    /// Which way: `download` or `upload`.
    public let direction: BenchDirection
    /// The bytes that arrived.
    public let byteCount: UInt64
    /// The time that this took.
    public let seconds: Double
    /// The sender's counters over that time; nil when the server did not tell.
    public let sender: BenchStatistics?
    /// What the receiving side said; nil when the server did not tell.
    let receiver: BenchStatistics?

    /// What flowed between two moments.
    init(_ direction: BenchDirection, from start: BenchMark, to end: BenchMark) {
        self.direction = direction
        let local = end.local.since(start.local)
        byteCount = direction == .download ? local.bytesRead : local.bytesAcknowledged
        seconds = (end.time - start.time) / .seconds(1)
        let remote = end.remote.map { $0.since(start.remote ?? BenchStatistics()) }
        (sender, receiver) = direction == .download ? (remote, local) : (local, remote)
    }

    /// The goodput.
    public var bitsPerSecond: Double {
        seconds > 0 ? Double(byteCount) * 8 / seconds : 0
    }

    /// The share of the packets that were lost, of 100.
    var lossPercent: Double? {
        sender.flatMap { sender in
            sender.packetsSent > 0
                ? min(100 * Double(sender.packetsLost) / Double(sender.packetsSent), 100) : nil
        }
    }

    /// What held the sender back and for which share of the time, of 100.
    var limits: [(name: String, percent: Double)]? {
        guard let sender else { return nil }
        let times = [
            ("app", sender.applicationLimited), ("cwnd", sender.congestionLimited),
            ("peer", sender.flowControlLimited), ("pacing", sender.pacingLimited),
        ]
        let total = times.reduce(0) { $0 + Double($1.1) }
        guard total > 0 else { return nil }
        return times.map { ($0.0, 100 * Double($0.1) / total) }
    }

    /// Whether the sender's packets go with ECN bits; nil where there are no such packets.
    var ecn: String? {
        guard let sender, sender.packetsSent > 0 else { return nil }
        switch sender.ecn {
        case 1: return "used"
        case 2: return "failed"
        case 3: return "mixed"
        default: return "unknown"
        }
    }

    /// The offloads in use: the sender's for sending, the receiver's for receiving.
    var offloads: String? {
        guard let sender, sender.packetsSent > 0 else { return nil }
        let received = receiver?.offloads ?? 0
        let names = [sender.offloads & 1 > 0 ? "gso" : nil, received & 2 > 0 ? "gro" : nil]
        let used = names.compactMap(\.self)
        return used.isEmpty ? "none" : used.joined(separator: "+")
    }
}

/// The counters of both sides at one moment.
struct BenchMark: Sendable {
    var time: ContinuousClock.Instant
    var local: BenchStatistics
    var remote: BenchStatistics?
}
