/// Numbers as small bars, the largest as high as a line.
struct Sparkline {
    let values: [Double]
    let isUnicode: Bool

    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let plain: [Character] = ["_", ".", "-", "=", "+", "*", "#", "@"]

    /// One character for each number.
    var text: String {
        let highest = values.max() ?? 0
        let bars = isUnicode ? Self.blocks : Self.plain
        guard highest > 0 else { return "" }
        return String(
            values.map { bars[min(max(Int($0 / highest * 8), 0), bars.count - 1)] })
    }
}
