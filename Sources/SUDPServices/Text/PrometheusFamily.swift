/// The samples of one name in the text format of Prometheus, version 0.0.4.
struct PrometheusFamily {
    /// What the samples are.
    enum Kind: String {
        case gauge, summary
    }

    /// One line: a value, and what it is the value of.
    struct Sample {
        /// What comes behind the name of the family.
        var suffix = ""
        let labels: [(name: String, value: String)]
        let value: String
    }

    let name: String
    let kind: Kind
    let help: String
    let samples: [Sample]

    /// The lines; none where there are no samples.
    var text: String {
        guard !samples.isEmpty else { return "" }
        let lines =
            ["# HELP \(name) \(Self.escaped(help))", "# TYPE \(name) \(kind.rawValue)"]
            + samples.map { sample in
                let labels = sample.labels.map {
                    "\($0.name)=\"\(Self.escaped($0.value, isQuoted: true))\""
                }
                let set = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
                return "\(name)\(sample.suffix)\(set) \(sample.value)"
            }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The text, so that it ends neither the line nor the label.
    private static func escaped(_ text: String, isQuoted: Bool = false) -> String {
        String(
            decoding: text.utf8.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "\\"): Array("\\\\".utf8)
                case UInt8(ascii: "\n"): Array("\\n".utf8)
                case UInt8(ascii: "\"") where isQuoted: Array("\\\"".utf8)
                default: [byte]
                }
            }, as: UTF8.self)
    }
}
