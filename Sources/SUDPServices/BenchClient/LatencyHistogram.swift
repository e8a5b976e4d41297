internal import Histogram

/// Lengths of time, counted so that percentiles are exact to three digits.
struct LatencyHistogram {
    private var histogram = Histogram<UInt64>(
        highestTrackableValue: BenchConstants.longestLatency, numberOfSignificantValueDigits: .three
    )
    private var last: UInt64?
    private var sum = 0.0
    private var variation = 0.0

    /// Counts one, in nanoseconds.
    mutating func record(_ time: UInt64) {
        let nanoseconds = min(time, BenchConstants.longestLatency)
        histogram.record(nanoseconds)
        sum += Double(nanoseconds)
        if let last {
            variation += Double(max(last, nanoseconds) - min(last, nanoseconds))
        }
        last = nanoseconds
    }

    /// What was counted; nil when nothing was.
    var summary: BenchLatency? {
        let count = histogram.totalCount
        guard count > 0 else { return nil }
        func milliseconds(_ percentile: Double) -> Double {
            Double(histogram.valueAtPercentile(percentile)) / 1e6
        }
        return BenchLatency(
            count: count, minimum: Double(histogram.min) / 1e6, mean: sum / Double(count) / 1e6,
            p50: milliseconds(50), p90: milliseconds(90), p99: milliseconds(99),
            p999: milliseconds(99.9), maximum: Double(histogram.max) / 1e6,
            jitter: count > 1 ? variation / Double(count - 1) / 1e6 : 0)
    }
}

/// Lengths of time in milliseconds.
public struct BenchLatency: Hashable, Sendable {
    /// How many were measured.
    public let count: UInt64
    /// The shortest.
    public let minimum: Double
    /// The mean.
    public let mean: Double
    /// The median.
    public let p50: Double
    /// Nine of ten were not longer.
    public let p90: Double
    /// 99 of 100 were not longer.
    public let p99: Double
    /// 999 of 1000 were not longer.
    public let p999: Double
    /// The longest.
    public let maximum: Double
    /// The mean difference between one and the next.
    public let jitter: Double
}
