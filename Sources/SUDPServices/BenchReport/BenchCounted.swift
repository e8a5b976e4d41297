/// What was done many times over connections, one after the other.
protocol BenchCounted {
    var count: UInt64 { get }
    var seconds: Double { get }
    var latency: BenchLatency? { get }
    var client: BenchStatistics { get }
    var server: BenchStatistics? { get }
    var perSecond: Double { get }
}

extension BenchHandshakes: BenchCounted {}
extension BenchTransactions: BenchCounted {}
