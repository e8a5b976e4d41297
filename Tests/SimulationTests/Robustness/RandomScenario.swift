import SUDPProtocol
import SUDPSimulator

/// A scenario that a seed decides: mode, sizes, readers, and what the network does.
enum RandomScenario {
    /// `isTolerable`: losses up to 20 % and outages shorter than the linger: nothing may fail.
    static func make(seed: UInt64, isTolerable: Bool = false) -> Scenario {
        var random = SeededRandom(seed: seed ^ (isTolerable ? 0x5eed : 0))
        let roundTrip = TimeSpan.microseconds(random.pick(200...300_000))
        var scenario = Scenario(random.chance(0.5) ? .secure : .plaintext, roundTrip: roundTrip)
        scenario.seed = seed
        scenario.coalescesTrains = random.chance(0.5)
        scenario.client = script(&random)
        scenario.server = random.chance(0.2) ? .echo : script(&random)
        configure(&scenario.clientConfiguration, &random)
        configure(&scenario.serverConfiguration, &random)
        let worstLoss = isTolerable ? 0.2 : 0.5
        let worstOutage = isTolerable ? TimeSpan.milliseconds(1500) : .seconds(40)
        scenario.uplink += faults(&random, worstLoss: worstLoss, worstOutage: worstOutage)
        scenario.downlink += faults(&random, worstLoss: worstLoss, worstOutage: worstOutage)
        return scenario
    }

    private static func script(_ random: inout SeededRandom) -> ApplicationScript {
        let sizes: [UInt64] = [0, 1, 1000, 20_000, 200_000, 1_000_000]
        var script = ApplicationScript()
        var delay = TimeSpan.zero
        for _ in 0..<random.below(4) {
            let size = sizes[Int(random.below(UInt64(sizes.count)))]
            script.writes.append(.init(after: delay, random.pick(0...size)))
            delay = delay + random.span(below: .seconds(4))
        }
        script.blockSize = random.pick(1...60_000)
        script.consumesAfter = random.span(below: .seconds(2))
        switch random.below(4) {
        case 0: script.reading = .rate(bytesPerSecond: random.pick(20_000...2_000_000))
        case 1: script.reading = .notBefore(.start + random.span(below: .seconds(20)))
        default: script.reading = .greedy
        }
        return script
    }

    private static func configure(
        _ configuration: inout ConnectionConfiguration, _ random: inout SeededRandom
    ) {
        if random.chance(0.3) {
            configuration.initialReceiveWindow = random.pick(2000...100_000)
            configuration.maximumReceiveWindow =
                configuration.initialReceiveWindow * random.pick(1...8)
        }
        if random.chance(0.3) { configuration.sendBufferLimit = Int(random.pick(1...100_000)) }
        if random.chance(0.3) { configuration.keyUpdateInterval = random.pick(5...200) }
    }

    private static func faults(
        _ random: inout SeededRandom, worstLoss: Double, worstOutage: TimeSpan
    ) -> [any NetworkElement] {
        var elements: [any NetworkElement] = []
        if random.chance(0.6) {
            elements.append(Loss(worstLoss * Double(random.below(101)) / 100))
        }
        if random.chance(0.2) {
            elements.append(BurstLoss(beginning: 0.01, ending: 0.3, lossInBurst: 0.9))
        }
        if random.chance(0.3) { elements.append(Jitter(below: .milliseconds(random.pick(1...80)))) }
        if random.chance(0.3) {
            elements.append(Reorder(0.1, by: .milliseconds(random.pick(1...200))))
        }
        if random.chance(0.3) { elements.append(Duplicate(0.1, within: .milliseconds(300))) }
        if random.chance(0.3) { elements.append(Corrupt(0.05)) }
        if random.chance(0.2) {
            elements.append(
                RateLimit(bytesPerSecond: random.pick(30_000...3_000_000), queueLimit: 50_000))
        }
        if random.chance(0.2) {
            let start = Instant.start + random.span(below: .seconds(10))
            elements.append(Partition([start..<(start + random.span(below: worstOutage))]))
        }
        if random.chance(0.1) {
            let start = Instant.start + random.span(below: .seconds(10))
            elements.append(Stall([start..<(start + random.span(below: .seconds(2)))]))
        }
        return elements
    }
}
