/// What a reader makes of the text format of Prometheus, version 0.0.4, without forbearance.
struct PrometheusDocument {
    struct Problem: Error {
        let line: String
        let reason: String
    }

    struct Series: Hashable {
        let name: String
        let labels: [String: String]
    }

    private struct Family {
        let name: String
        var kind: String?

        func owns(_ series: Series) -> Bool {
            let hasQuantile = series.labels["quantile"].flatMap(Double.init) != nil
            return switch kind {
            case "gauge": series.name == name && series.labels["quantile"] == nil
            case "summary":
                hasQuantile
                    ? series.name == name
                    : ["_sum", "_count"].contains { series.name == name + $0 }
            default: false
            }
        }
    }

    /// The families' kinds, in order.
    private(set) var kinds: [(name: String, kind: String)] = []
    /// The samples, in order.
    private(set) var series: [Series] = []
    private(set) var values: [Series: Double] = [:]

    init(_ text: String) throws {
        guard text.utf8.last == UInt8(ascii: "\n") else {
            throw Problem(line: text, reason: "the last line does not end")
        }
        var family: Family?
        for line in text.unicodeScalars.dropLast().split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init) {
            if line.hasPrefix("#") {
                try read(comment: line, &family)
            } else {
                try read(sample: line, family)
            }
        }
    }

    private mutating func read(comment line: String, _ family: inout Family?) throws {
        guard let match = line.wholeMatch(of: /# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/),
            !match.3.replacing("\\\\", with: "").replacing("\\n", with: "").contains("\\")
        else { throw Problem(line: line, reason: "malformed") }
        let name = String(match.2)
        if match.1 == "HELP" {
            guard !kinds.contains(where: { $0.name == name }), family == nil || family?.kind != nil
            else { throw Problem(line: line, reason: "out of place") }
            family = Family(name: name)
        } else {
            guard family?.name == name, family?.kind == nil else {
                throw Problem(line: line, reason: "out of place")
            }
            family?.kind = String(match.3)
            kinds.append((name, String(match.3)))
        }
    }

    private mutating func read(sample line: String, _ family: Family?) throws {
        guard
            let match = line.wholeMatch(
                of: /([a-zA-Z_:][a-zA-Z0-9_:]*)\{((?s:.*))\} (-?[0-9]+(\.[0-9]+)?)/),
            let value = Double(match.3)
        else { throw Problem(line: line, reason: "malformed") }
        let series = Series(name: String(match.1), labels: try Self.labels(match.2))
        guard let family, family.owns(series) else {
            throw Problem(line: line, reason: "not of its family")
        }
        guard values.updateValue(value, forKey: series) == nil else {
            throw Problem(line: line, reason: "the series is there already")
        }
        self.series.append(series)
    }

    private static func labels(_ text: Substring) throws -> [String: String] {
        var labels: [String: String] = [:]
        var rest = text
        while !rest.isEmpty {
            guard
                let match = rest.prefixMatch(
                    of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/),
                labels.updateValue(unescaped(match.2), forKey: String(match.1)) == nil
            else { throw Problem(line: String(text), reason: "malformed labels") }
            rest = rest[match.range.upperBound...]
            if match.3 == ",", rest.isEmpty {
                throw Problem(line: String(text), reason: "a comma too many")
            }
        }
        return labels
    }

    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing(/\\(.)/) { match in match.1 == "n" ? "\n" : String(match.1) }
    }

    /// The value of the only series with such a name and at least these labels; nil otherwise.
    func value(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) -> Double? {
        let found = series.filter { series in
            series.name == "sudp_bench_" + name
                && labels.allSatisfy { series.labels[$0.key] == $0.value }
        }
        return found.count == 1 ? values[found[0]] : nil
    }
}
