/// Where the mean of a measurement lies, by its repetitions, with a confidence of 95 of 100.
struct BenchConfidence: Sendable {
    /// Student's t for 0.975, by the degrees of freedom from 1 on.
    private static let quantiles = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ]

    /// The mean of the repetitions.
    let mean: Double
    /// Half the width of the interval around it, of 100 parts of the mean.
    let percent: Double

    /// The interval of some rates; nil for less than two, and where nothing was measured.
    init?(_ rates: [Double]) {
        let count = Double(rates.count)
        let mean = rates.reduce(0, +) / max(count, 1)
        guard rates.count > 1, mean > 0 else { return nil }
        let squares = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / (count - 1)).squareRoot()
        self.mean = mean
        percent = 100 * Self.quantile(rates.count - 1) * deviation / count.squareRoot() / mean
    }

    /// Within a hundredth beyond the table.
    private static func quantile(_ freedom: Int) -> Double {
        freedom <= quantiles.count ? quantiles[freedom - 1] : 1.96 + 2.4 / Double(freedom)
    }
}
