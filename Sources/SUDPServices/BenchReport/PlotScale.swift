/// One axis of a plot: from 0 to a round number, with marks at round numbers.
struct PlotScale {
    let maximum: Double
    let step: Double
    /// Where 0 and the maximum lie on the page.
    let start: Double
    let end: Double

    init(upTo value: Double, from start: Double, to end: Double, marks: Double = 5) {
        let rough = max(value, 1e-6) / marks
        var magnitude = 1.0
        while magnitude > rough { magnitude /= 10 }
        while magnitude * 10 <= rough { magnitude *= 10 }
        let factor = [1.0, 2, 5, 10].first { $0 * magnitude >= rough } ?? 10
        step = factor * magnitude
        maximum = (max(value, step) / step).rounded(.up) * step
        (self.start, self.end) = (start, end)
    }

    var ticks: [Double] {
        Array(stride(from: 0, through: maximum + step / 2, by: step))
    }

    func position(_ value: Double) -> Double {
        start + (end - start) * min(max(value, 0), maximum) / maximum
    }

    /// A mark's number with as many decimals as the marks need.
    func label(_ value: Double) -> String {
        FixedPoint.text(value, decimals: step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3)
    }
}
