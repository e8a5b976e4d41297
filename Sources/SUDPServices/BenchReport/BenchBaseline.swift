internal import Foundation

/// An earlier result that a new one is held against.
public struct BenchBaseline: Sendable {
    private struct Document: Decodable {
        struct Variant: Decodable {
            struct Phase: Decodable {
                enum CodingKeys: String, CodingKey {
                    case name
                    case rate = "bits_per_second"
                }

                let name: String
                let rate: Double?
            }
            struct Count: Decodable {
                enum CodingKeys: String, CodingKey {
                    case rate = "per_second"
                }

                let rate: Double
            }
            enum CodingKeys: String, CodingKey {
                case name, phases, handshakes, rr
                case resumed = "resumed_handshakes"
                case early = "early_handshakes"
            }

            let name: String
            let phases: [Phase]?
            let handshakes: Count?
            let resumed: Count?
            let early: Count?
            let rr: Count?
        }
        let v: Int
        let event: String
        let variants: [Variant]
    }

    private let path: String
    private let rates: [String: Double]

    /// Reads what `sudp bench --json` wrote.
    ///
    /// - Throws: `FileFailure` when the file cannot be read, `BenchFailure` when it is no result.
    public init(path: String) throws {
        self.path = path
        let text = try SmallFile.read(path)
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(text.utf8)),
            document.v == 1, document.event == "result"
        else {
            throw BenchFailure.unusableBaseline(
                path: path, reason: "it is no such object, or of another version")
        }
        var rates: [String: Double] = [:]
        for variant in document.variants {
            for phase in variant.phases ?? [] {
                guard let rate = phase.rate, rate > 0 else { continue }
                rates["\(variant.name) \(phase.name)"] = rate
            }
            let counts = [
                (BenchHandshakes.Kind.full.key, variant.handshakes),
                (BenchHandshakes.Kind.resumed.key, variant.resumed),
                (BenchHandshakes.Kind.early.key, variant.early), ("rr", variant.rr),
            ]
            for (name, count) in counts {
                guard let count, count.rate > 0 else { continue }
                rates["\(variant.name) \(name)"] = count.rate
            }
        }
        guard !rates.isEmpty else {
            throw BenchFailure.unusableBaseline(path: path, reason: "it has no rates")
        }
        self.rates = rates
    }

    /// What is compared, and the new rate as a part of the old one.
    public struct Ratio: Sendable {
        /// The variant and the measurement.
        public let name: String
        /// New by old.
        public let value: Double
    }

    /// Holds a result against this one.
    ///
    /// - Throws: `BenchFailure` when nothing of it was measured again.
    public func ratios(of report: BenchReport) throws -> [Ratio] {
        var ratios: [Ratio] = []
        for variant in BenchSummary(report).variants {
            for phase in variant.phases {
                let name = "\(variant.name) \(phase.median.name)"
                guard let old = rates[name] else { continue }
                ratios.append(Ratio(name: name, value: phase.median.bitsPerSecond / old))
            }
            for handshakes in variant.handshakes {
                let name = "\(variant.name) \(handshakes.median.kind.key)"
                guard let old = rates[name] else { continue }
                ratios.append(Ratio(name: name, value: handshakes.median.perSecond / old))
            }
            let other = "\(variant.name) rr"
            if let transactions = variant.transactions, let old = rates[other] {
                ratios.append(Ratio(name: other, value: transactions.perSecond / old))
            }
        }
        guard !ratios.isEmpty else {
            throw BenchFailure.unusableBaseline(
                path: path, reason: "nothing in it was measured now")
        }
        return ratios
    }

    /// Fails when one of the ratios is below the limit.
    ///
    /// - Throws: `BenchFailure.slower`.
    public static func require(_ ratios: [Ratio], atLeast limit: Double) throws {
        let worst = ratios.filter { $0.value < limit }.min { $0.value < $1.value }
        guard let worst else { return }
        throw BenchFailure.slower(
            "\(worst.name) is \(FixedPoint.text(worst.value, decimals: 3)) of the baseline,"
                + " below \(FixedPoint.text(limit, decimals: 3))")
    }
}
