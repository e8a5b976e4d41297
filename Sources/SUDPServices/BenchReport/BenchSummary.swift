/// The repetitions of each measurement put together.
struct BenchSummary: Sendable {
    /// One measurement of one variant: its repetition in the middle, and how far they lie apart.
    struct Phase: Sendable {
        /// The repetition with the median rate, or latency on the idle path.
        let median: BenchPhaseResult
        /// The rates of all repetitions in bits per second.
        let rates: [Double]

        /// The difference between the fastest and the slowest, of 100 parts of the median.
        var spreadPercent: Double? {
            BenchSummary.spreadPercent(rates, median: median.bitsPerSecond)
        }
    }

    /// One kind of handshakes: the repetition with the median rate, and the rates of all, a second.
    struct Handshakes: Sendable {
        let median: BenchHandshakes
        let rates: [Double]
    }

    struct Variant: Sendable {
        let name: String
        let phases: [Phase]
        let handshakes: [Handshakes]
        /// The repetition with the median rate of transactions.
        let transactions: BenchTransactions?
        /// The rates of all repetitions in transactions per second.
        let transactionRates: [Double]

        /// The median rate of the load of a measurement.
        func bitsPerSecond(_ phase: String) -> Double? {
            phases.first { $0.median.name == phase }?.median.bitsPerSecond
        }
    }

    let variants: [Variant]

    init(_ report: BenchReport) {
        variants = report.plan.variants.compactMap { variant in
            let visits = report.visits.filter { $0.variant == variant.name }
            let handshakes = Self.handshakes(of: visits)
            let transactions = visits.compactMap(\.transactions)
            guard
                visits.contains(where: { !$0.phases.isEmpty }) || !handshakes.isEmpty
                    || !transactions.isEmpty
            else { return nil }
            return Variant(
                name: variant.name, phases: Self.phases(of: visits),
                handshakes: handshakes,
                transactions: Self.middle(of: transactions, by: \.perSecond),
                transactionRates: transactions.map(\.perSecond))
        }
    }

    private static func handshakes(of visits: [BenchVisitResult]) -> [Handshakes] {
        BenchHandshakes.Kind.allCases.compactMap { kind in
            let repetitions = visits.flatMap(\.handshakes).filter { $0.kind == kind }
            return middle(of: repetitions, by: \.perSecond).map {
                Handshakes(median: $0, rates: repetitions.map(\.perSecond))
            }
        }
    }

    /// A variant's rate as a part of the first one's; nil where there is nothing to compare with.
    func ratio(of variant: Variant, _ rate: (Variant) -> Double?) -> Double? {
        guard variants.count > 1, let first = variants.first.flatMap(rate), first > 0 else {
            return nil
        }
        return rate(variant).map { $0 / first }
    }

    private static func phases(of visits: [BenchVisitResult]) -> [Phase] {
        let all = visits.flatMap(\.phases)
        let names = all.map(\.name).reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        return names.compactMap { name in
            let repetitions = all.filter { $0.name == name }
            let median = middle(of: repetitions) { result in
                result.direction == nil ? result.latency?.p50 ?? 0 : result.bitsPerSecond
            }
            return median.map { Phase(median: $0, rates: repetitions.map(\.bitsPerSecond)) }
        }
    }

    /// The difference between the highest and the lowest, of 100 parts of the median.
    static func spreadPercent(_ rates: [Double], median: Double) -> Double? {
        guard rates.count > 1, let low = rates.min(), let high = rates.max(), median > 0 else {
            return nil
        }
        return 100 * (high - low) / median
    }

    /// The element in the middle, the lower one of two.
    private static func middle<Element>(
        of elements: [Element], by value: (Element) -> Double
    ) -> Element? {
        let sorted = elements.sorted { value($0) < value($1) }
        return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
    }
}
