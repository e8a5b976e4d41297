internal import SUDPTransport

/// One end's counters and estimates of the flows of a group, and of its process.
///
/// Times are in nanoseconds, sizes in bytes.
public struct BenchStatistics: Hashable, Sendable {
    // Counters: what counts is the difference of two moments.
    var time: UInt64 = 0
    var userTime: UInt64 = 0
    var systemTime: UInt64 = 0
    var contextSwitches: UInt64 = 0
    /// System calls on the sockets of this transport.
    var socketCalls: UInt64 = 0
    var bytesAcknowledged: UInt64 = 0
    var bytesRead: UInt64 = 0
    var packetsSent: UInt64 = 0
    var packetsLost: UInt64 = 0
    var bytesRetransmitted: UInt64 = 0
    var congestionEvents: UInt64 = 0
    var probeTimeouts: UInt64 = 0
    var applicationLimited: UInt64 = 0
    var congestionLimited: UInt64 = 0
    var flowControlLimited: UInt64 = 0
    var pacingLimited: UInt64 = 0
    /// Packets declared lost that came after all: overtaken by others.
    var packetsLate: UInt64 = 0
    /// Datagrams that were received and thrown away because they were not authentic.
    var packetsDropped: UInt64 = 0
    /// Datagrams that were received once more.
    var packetsDuplicate: UInt64 = 0
    /// Packets that arrived with a mark of congestion, as the peer counted them.
    var ecnMarks: UInt64 = 0

    // Gauges: what counts is the last one.
    var flows: UInt64 = 0
    var congestionWindow: UInt64 = 0
    var bytesInFlight: UInt64 = 0
    var smoothedRTT: UInt64 = 0
    var minRTT: UInt64 = 0
    var maximumDatagramSize: UInt64 = 0
    /// 1: trains leave in one call; 2: trains come in one call.
    var offloads: UInt64 = 0
    /// 1: a path carries ECN bits; 2: one does not.
    var ecn: UInt64 = 0
    /// Clients of the server.
    var visits: UInt64 = 0
    /// The processors' clock rate in hertz; 0 where it is not known.
    var clockRate: UInt64 = 0

    /// Those of the process, and the moment.
    private static var processCounters: [WritableKeyPath<BenchStatistics, UInt64>] {
        [\.time, \.userTime, \.systemTime, \.contextSwitches, \.socketCalls]
    }

    private static var flowCounters: [WritableKeyPath<BenchStatistics, UInt64>] {
        [
            \.bytesAcknowledged, \.bytesRead, \.packetsSent, \.packetsLost, \.bytesRetransmitted,
            \.congestionEvents,
            \.probeTimeouts, \.applicationLimited, \.congestionLimited, \.flowControlLimited,
            \.pacingLimited, \.packetsLate, \.packetsDropped, \.packetsDuplicate, \.ecnMarks,
        ]
    }

    private static var counters: [WritableKeyPath<BenchStatistics, UInt64>] {
        processCounters + flowCounters
    }

    private static var gauges: [WritableKeyPath<BenchStatistics, UInt64>] {
        [
            \.flows, \.congestionWindow, \.bytesInFlight, \.smoothedRTT, \.minRTT,
            \.maximumDatagramSize, \.offloads, \.ecn, \.visits, \.clockRate,
        ]
    }

    /// Makes statistics of nothing.
    init() {}

    /// Takes what matters from a connection's statistics.
    init(_ statistics: Statistics) {
        bytesAcknowledged = statistics.streamBytesAcknowledged
        bytesRead = statistics.streamBytesRead
        packetsSent = statistics.packetsSent
        packetsLost =
            statistics.packetsLost - min(statistics.packetsSpuriouslyLost, statistics.packetsLost)
        bytesRetransmitted = statistics.streamBytesRetransmitted
        congestionEvents = statistics.congestionEvents
        probeTimeouts = statistics.probeTimeouts
        applicationLimited = statistics.applicationLimited.nanoseconds
        congestionLimited = statistics.congestionLimited.nanoseconds
        flowControlLimited = statistics.flowControlLimited.nanoseconds
        pacingLimited = statistics.pacingLimited.nanoseconds
        packetsLate = statistics.packetsSpuriouslyLost
        packetsDropped = statistics.packetsDropped
        packetsDuplicate = statistics.packetsDuplicate
        ecnMarks = statistics.ecnMarks
        flows = 1
        congestionWindow = UInt64(clamping: statistics.congestionWindow)
        bytesInFlight = UInt64(clamping: statistics.bytesInFlight)
        smoothedRTT = statistics.smoothedRTT?.nanoseconds ?? 0
        minRTT = statistics.minRTT?.nanoseconds ?? 0
        maximumDatagramSize = UInt64(clamping: statistics.maximumDatagramSize)
        offloads =
            (statistics.sockets.usesSegmentationOffload ? 1 : 0)
            | (statistics.sockets.usesReceiveOffload ? 2 : 0)
        ecn =
            switch statistics.ecn {
            case .unknown: 0
            case .used: 1
            case .failed: 2
            }
    }

    /// The flows of both together; the process is that of the first.
    func adding(_ other: BenchStatistics) -> BenchStatistics {
        var sum = self
        for counter in Self.flowCounters {
            sum[keyPath: counter] &+= other[keyPath: counter]
        }
        sum.flows &+= other.flows
        sum.congestionWindow &+= other.congestionWindow
        sum.bytesInFlight &+= other.bytesInFlight
        sum.smoothedRTT = max(smoothedRTT, other.smoothedRTT)
        sum.minRTT =
            minRTT == 0 ? other.minRTT : other.minRTT == 0 ? minRTT : min(minRTT, other.minRTT)
        sum.maximumDatagramSize = max(maximumDatagramSize, other.maximumDatagramSize)
        sum.offloads |= other.offloads
        sum.ecn |= other.ecn
        return sum
    }

    /// What was counted since an earlier moment, with the gauges as they are now.
    func since(_ earlier: BenchStatistics) -> BenchStatistics {
        var difference = self
        for counter in Self.counters {
            let (now, before) = (self[keyPath: counter], earlier[keyPath: counter])
            difference[keyPath: counter] = now > before ? now - before : 0
        }
        return difference
    }

    /// CPU time of the process in seconds.
    var cpuSeconds: Double { (Double(userTime) + Double(systemTime)) / 1e9 }

    func write(to fields: inout FieldWriter) {
        for field in Self.counters + Self.gauges { fields.write(self[keyPath: field]) }
    }

    init?(from fields: inout FieldReader) {
        for field in Self.counters + Self.gauges {
            guard let value = fields.readUInt64() else { return nil }
            self[keyPath: field] = value
        }
    }
}
