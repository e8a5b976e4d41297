/// Everything that a benchmark found.
public struct BenchReport: Sendable {
    /// The server's address and port.
    public internal(set) var server = ""
    /// Whether the server was a part of this process.
    public let isThisProcess: Bool
    /// "secure" or "plaintext", and what protected the packets.
    public internal(set) var mode = ""
    /// The cipher suite, or "none".
    public internal(set) var cipher = "none"
    /// What was to be measured.
    public let plan: BenchPlan
    /// The bytes per second that the server allows all of its clients together; nil for no limit.
    public internal(set) var serverLimit: UInt64?
    /// The most clients that the server had at a time.
    public internal(set) var clients: UInt64 = 1
    /// Each visit to the server, in order.
    public internal(set) var visits: [BenchVisitResult] = []
    /// How the rate and the latency went, several times a second.
    public internal(set) var samples: [BenchSample] = []
    /// Whether everything that was to be measured was.
    public internal(set) var isComplete = false
    /// Seconds since 1970 at the beginning.
    public let time: UInt64

    init(_ plan: BenchPlan, isThisProcess: Bool, time: UInt64) {
        (self.plan, self.isThisProcess, self.time) = (plan, isThisProcess, time)
    }

    /// Whether anything was measured.
    public var isEmpty: Bool {
        visits.allSatisfy { $0.phases.isEmpty && $0.handshakes.isEmpty && $0.transactions == nil }
    }

    /// That no byte moved in one of the measurements; nil when some did in each.
    public var lack: BenchFailure? {
        let loads = visits.flatMap(\.phases).flatMap(\.figures)
        let isLacking =
            loads.contains { $0.byteCount == 0 } || visits.contains { $0.transactions?.count == 0 }
        return isLacking ? .nothingMeasured : nil
    }

    mutating func append(_ sample: BenchSample) {
        samples.append(sample)
        guard samples.count > BenchConstants.maximumSamples else { return }
        samples = samples.indices.filter { $0.isMultiple(of: 2) }.map { samples[$0] }
    }
}

/// What was measured in one visit to the server.
public struct BenchVisitResult: Sendable {
    /// The name of what was measured.
    public let variant: String
    /// Which of the repetitions it was, from 1 on.
    public let run: Int
    /// What was found, in order.
    public internal(set) var phases: [BenchPhaseResult] = []
    /// How fast connections were made, when that was to be found out.
    public internal(set) var handshakes: [BenchHandshakes] = []
    /// How fast requests were answered, when that was to be found out.
    public internal(set) var transactions: BenchTransactions?
}

/// How fast connections were made.
public struct BenchHandshakes: Sendable {
    /// How a connection is opened.
    public enum Kind: Sendable, CaseIterable {
        /// The server shows its certificate.
        case full
        /// A ticket of an earlier connection takes its place.
        case resumed
        /// As resumed, and a request goes with the opening: timed until its answer is there.
        case early
    }

    /// How they were opened.
    public let kind: Kind
    /// How many there were.
    public let count: UInt64
    /// How many attempts failed.
    public let failures: UInt64
    /// How long all took together.
    public let seconds: Double
    /// How long each took.
    public let latency: BenchLatency?
    /// What this process used up.
    public let client: BenchStatistics
    /// What the server used up; nil when it did not tell.
    public let server: BenchStatistics?

    /// How many a second.
    public var perSecond: Double { seconds > 0 ? Double(count) / seconds : 0 }
}

/// The rate and the latency of a tenth of a second.
public struct BenchSample: Sendable {
    /// What was measured.
    public let variant: String
    /// Which of the repetitions it was, from 1 on.
    public let run: Int
    /// Which way load flowed; nil on the idle path and for transactions.
    public let direction: BenchDirection?
    /// Seconds since the beginning of all.
    public let time: Double
    /// Seconds since the load began.
    public let phaseTime: Double
    /// Bits per second towards the client; nil where none were to flow.
    public var download: Double?
    /// Bits per second towards the server; nil where none were to flow.
    public var upload: Double?
    /// The median of the pings in milliseconds; nil when none came back.
    public var latency: Double?
    /// Transactions per second; nil where bytes are counted.
    public var transactions: Double?
}

/// What an interval of a measurement found.
public struct BenchInterval: Sendable {
    /// What was measured.
    public let variant: String
    /// Which of the repetitions it was, from 1 on.
    public let run: Int
    /// Which way load flowed.
    public let direction: BenchDirection
    /// Seconds since the load began.
    public let start: Double
    /// Seconds since the load began.
    public let end: Double
    /// Whether it does not count.
    public let isWarmUp: Bool
    /// What flowed.
    public let figures: [BenchFigures]
    /// How long pings took.
    public let latency: BenchLatency?
}

/// What happens while a benchmark runs.
public enum BenchEvent: Sendable {
    /// A measurement begins.
    case began(variant: String, run: Int, phase: String)
    /// A tenth of a second is over.
    case sample(BenchSample)
    /// An interval is over.
    case interval(BenchInterval)
    /// An interval of transactions is over.
    case transactions(BenchTransactionInterval)
}
