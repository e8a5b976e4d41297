/// The rate and the latency of a benchmark over time, as a picture in SVG.
public struct BenchPlot {
    private static let (width, left, right) = (960.0, 80.0, 940.0)
    private static let upper = (top: 70.0, bottom: 290.0)
    private static let lower = (top: 330.0, bottom: 510.0)
    private static let height = 560.0
    private static let maximumPoints = 2000
    private static let colours = (
        download: "#1f6fb4", upload: "#d1600a", latency: "#2a8a3e", ink: "#222", grid: "#ddd"
    )

    private let report: BenchReport
    private let samples: [BenchSample]
    private let time: PlotScale
    private let rate: PlotScale
    private let rateUnit: (name: String, size: Double)
    private let latency: PlotScale

    /// Draws a result that has samples.
    public init(_ report: BenchReport) {
        self.report = report
        samples = report.samples
        let top = samples.reduce(0) { max($0, $1.download ?? 0, $1.upload ?? 0) }
        rateUnit =
            top >= 1e9 ? ("Gbit/s", 1e9) : top >= 1e6 ? ("Mbit/s", 1e6) : ("kbit/s", 1e3)
        time = PlotScale(
            upTo: samples.last?.time ?? 1, from: Self.left, to: Self.right, marks: 10)
        rate = PlotScale(
            upTo: top / rateUnit.size, from: Self.upper.bottom, to: Self.upper.top)
        latency = PlotScale(
            upTo: samples.reduce(0) { max($0, $1.latency ?? 0) }, from: Self.lower.bottom,
            to: Self.lower.top, marks: 4)
    }

    /// The whole document.
    public var text: String {
        let size = "\(Int(Self.width)) \(Int(Self.height))"
        let parts =
            [
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\""
                    + " font-family=\"sans-serif\" font-size=\"13\" fill=\"\(Self.colours.ink)\">",
                "<title>sudp bench</title>",
                "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
                label(title, Self.left, 24, size: 15),
            ] + legend + bands + axes(rate, Self.upper, "throughput, \(rateUnit.name)")
            + axes(latency, Self.lower, "round trip, ms") + timeAxis
            + series(Self.colours.download, rate) { $0.download.map { $0 / rateUnit.size } }
            + series(Self.colours.upload, rate) { $0.upload.map { $0 / rateUnit.size } }
            + series(Self.colours.latency, latency) { $0.latency } + ["</svg>"]
        return parts.joined(separator: "\n") + "\n"
    }

    private var title: String {
        let place = report.isThisProcess ? "both ends in one process" : report.server
        return "sudp bench: \(place), \(report.mode), connections: \(report.plan.flows)"
    }

    // MARK: Parts

    private var legend: [String] {
        let entries = [
            ("download", Self.colours.download, samples.contains { $0.download != nil }),
            ("upload", Self.colours.upload, samples.contains { $0.upload != nil }),
            ("round trip of pings (median)", Self.colours.latency, true),
        ].filter(\.2)
        var x = Self.left
        return entries.flatMap { name, colour, _ in
            defer { x += 50 + Double(name.count) * 7.5 }
            return [
                line(x, 40, x + 24, 40, colour, width: 3),
                label(name, x + 30, 44),
            ]
        }
    }

    /// What was measured when: every other measurement on a shaded ground, with its name.
    private var bands: [String] {
        spans.enumerated().flatMap { index, span in
            let (start, end) = (time.position(span.start), time.position(span.end))
            let ground =
                "<rect x=\"\(number(start))\" y=\"\(number(Self.upper.top))\""
                + " width=\"\(number(end - start))\""
                + " height=\"\(number(Self.lower.bottom - Self.upper.top))\""
                + " fill=\"\(index.isMultiple(of: 2) ? "#f4f4f4" : "#fff")\"/>"
            let room = Int((end - start) / 7)
            guard span.name.count <= room else { return [ground] }
            return [ground, label(span.name, (start + end) / 2, Self.upper.top - 6, "middle")]
        }
    }

    private func axes(
        _ scale: PlotScale, _ panel: (top: Double, bottom: Double), _ name: String
    ) -> [String] {
        let lines = scale.ticks.flatMap { tick in
            let y = scale.position(tick)
            return [
                line(Self.left, y, Self.right, y, Self.colours.grid),
                label(scale.label(tick), Self.left - 8, y + 4, "end"),
            ]
        }
        let middle = (panel.top + panel.bottom) / 2
        return lines + [
            line(Self.left, panel.top, Self.left, panel.bottom, Self.colours.ink),
            "<text transform=\"translate(22 \(number(middle))) rotate(-90)\""
                + " text-anchor=\"middle\">\(name)</text>",
        ]
    }

    private var timeAxis: [String] {
        let bottom = Self.lower.bottom
        let marks = time.ticks.flatMap { tick in
            let x = time.position(tick)
            return [
                line(x, bottom, x, bottom + 5, Self.colours.ink),
                label(time.label(tick), x, bottom + 20, "middle"),
            ]
        }
        return marks + [
            line(Self.left, bottom, Self.right, bottom, Self.colours.ink),
            label("time, s", (Self.left + Self.right) / 2, bottom + 40, "middle"),
        ]
    }

    /// One line for each measurement, so that nothing joins one to the next.
    private func series(
        _ colour: String, _ scale: PlotScale, _ value: (BenchSample) -> Double?
    ) -> [String] {
        let stride = samples.count / Self.maximumPoints + 1
        return spans.compactMap { span in
            let points = span.samples.enumerated().compactMap { index, sample -> String? in
                guard index.isMultiple(of: stride), let value = value(sample) else { return nil }
                let (x, y) = (time.position(sample.time), scale.position(value))
                return "\(number(x)),\(number(y))"
            }
            guard !points.isEmpty else { return nil }
            return "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.5\""
                + " stroke-linejoin=\"round\" points=\"\(points.joined(separator: " "))\"/>"
        }
    }

    // MARK: Measurements

    private struct Span {
        let name: String
        let start: Double
        let end: Double
        let samples: ArraySlice<BenchSample>
    }

    private var spans: [Span] {
        let isAlone = report.plan.variants.count == 1
        let parts = samples.split(whereNeighboursDiffer: { one, other in
            one.variant != other.variant || one.run != other.run
                || one.direction != other.direction
        })
        return parts.compactMap { part in
            guard let first = part.first, let last = part.last else { return nil }
            let phase = first.direction?.name ?? "idle"
            return Span(
                name: isAlone ? phase : "\(first.variant) \(phase)",
                start: max(first.time - first.phaseTime, 0), end: last.time, samples: part)
        }
    }

    // MARK: Elements

    private func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String, width: Double = 1
    ) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\""
            + " y2=\"\(number(y2))\" stroke=\"\(colour)\" stroke-width=\"\(number(width))\"/>"
    }

    private func label(
        _ text: String, _ x: Double, _ y: Double, _ anchor: String = "start", size: Int = 13
    ) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\""
            + " font-size=\"\(size)\">\(Self.escaped(text))</text>"
    }

    private func number(_ value: Double) -> String { FixedPoint.text(value, decimals: 1) }

    private static func escaped(_ text: String) -> String {
        TerminalText.escaped(text).reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}

extension Array {
    /// The parts between neighbours that differ.
    fileprivate func split(
        whereNeighboursDiffer differ: (Element, Element) -> Bool
    ) -> [ArraySlice<Element>] {
        var parts: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices.dropFirst() where differ(self[index - 1], self[index]) {
            parts.append(self[start..<index])
            start = index
        }
        return isEmpty ? [] : parts + [self[start...]]
    }
}
