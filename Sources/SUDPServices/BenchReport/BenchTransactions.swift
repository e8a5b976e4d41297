/// How many requests were answered, and how fast.
public struct BenchTransactions: Sendable {
    /// How many there were.
    public let count: UInt64
    /// How long all took together.
    public let seconds: Double
    /// How long each took, from the first byte of the request to the last of the answer.
    public let latency: BenchLatency?
    /// What this process used up.
    public let client: BenchStatistics
    /// What the server used up; nil when it did not tell.
    public let server: BenchStatistics?

    /// How many a second.
    public var perSecond: Double { seconds > 0 ? Double(count) / seconds : 0 }
}

/// The requests that were answered in an interval.
public struct BenchTransactionInterval: Sendable {
    /// What was measured.
    public let variant: String
    /// Which of the repetitions it was, from 1 on.
    public let run: Int
    /// Seconds since the first request.
    public let start: Double
    /// Seconds since the first request.
    public let end: Double
    /// Whether it does not count.
    public let isWarmUp: Bool
    /// How long each took; nil when none was answered.
    public let latency: BenchLatency?

    /// How many were answered.
    public var count: UInt64 { latency?.count ?? 0 }

    /// How many a second.
    public var perSecond: Double { end > start ? Double(count) / (end - start) : 0 }
}
