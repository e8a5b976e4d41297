import SUDPProtocol
import SUDPSimulator
import Testing

/// Whatever a stranger on the path does to the packets of a secure session changes nothing.
@Suite struct HostileDatagramTests {
    /// What a datagram is turned into, for every place in it.
    enum Change: CaseIterable {
        case replay
        case truncate
        case flip

        func variants(of bytes: [UInt8]) -> [[UInt8]] {
            switch self {
            case .replay: [bytes]
            case .truncate: (0..<bytes.count).map { Array(bytes[..<$0]) }
            case .flip:
                bytes.indices.map { index in
                    var changed = bytes
                    changed[index] ^= UInt8(1 << (index % 8))
                    return changed
                }
            }
        }
    }

    @Test(arguments: Change.allCases)
    func `changed packets of a session have no effect on it`(change: Change) throws {
        let simulation = session(.secure)
        simulation.run(for: .milliseconds(700))
        let client = try #require(simulation.client)
        let server = try #require(simulation.accepted)
        let before = (facts(client.statistics), facts(server.statistics))

        inject(change, into: simulation)

        #expect(facts(client.statistics) == before.0)
        #expect(facts(server.statistics) == before.1)
        #expect(simulation.runToEnd(within: .seconds(900)), "\(simulation.report)")
        #expect(client.isComplete && server.isComplete, "\(simulation.report)")
    }

    @Test(arguments: Change.allCases)
    func `changed packets never bring a plaintext session wrong bytes`(change: Change) throws {
        let simulation = session(.plaintext)
        simulation.run(for: .milliseconds(700))

        inject(change, into: simulation)

        #expect(simulation.runToEnd(within: .seconds(900)), "\(simulation.report)")
        #expect(simulation.client?.isComplete == true, "\(simulation.report)")
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `changed packets of the opening do not stop it`(mode: SecurityMode) throws {
        let recorded = session(mode)
        recorded.run(for: .milliseconds(250))
        let simulation = session(mode)
        for step in UInt64(1)...12 {
            simulation.perform(at: .start + .milliseconds(20 * step)) { simulation in
                for change in Change.allCases { inject(change, into: simulation, every: 7) }
            }
        }

        #expect(simulation.runToEnd(within: .seconds(900)), "\(simulation.report)")
        #expect(simulation.client?.isComplete == true, "\(simulation.report)")
    }

    @Test func `random datagrams make no state and no answer beyond a reset`() {
        let simulation = session(.secure)
        simulation.run(for: .milliseconds(300))
        var random = SeededRandom(seed: 11)
        let known = simulation.server.connectionCount
        let stranger = Simulation.strangerAddress(1)
        var received = 0
        for _ in 0..<(TestEnvironment.isExhaustive ? 1_000_000 : 50_000) {
            let bytes = random.bytes(Int(random.below(random.chance(0.1) ? 1500 : 60)))
            received += bytes.count
            simulation.injectToServer(bytes, from: stranger)
        }

        let answers = simulation.server.unreachable
        #expect(simulation.server.connectionCount == known)
        #expect(answers.count { !$0.isLong } <= 200)
        #expect(answers.reduce(0) { $0 + $1.bytes.count } < received / 3)
        #expect(simulation.runToEnd(within: .seconds(900)), "\(simulation.report)")
        #expect(simulation.client?.isComplete == true)
    }

    private func session(_ mode: SecurityMode) -> Simulation {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 60_000)
        scenario.server = ApplicationScript(sends: 20_000)
        scenario.server.consumesAfter = .seconds(2)
        scenario.capturesDatagrams = true
        return Simulation(scenario)
    }

    /// Puts the changed forms of everything captured so far before both sides.
    private func inject(_ change: Change, into simulation: Simulation, every step: Int = 1) {
        for captured in simulation.captured {
            let variants = change.variants(of: captured.datagram.bytes)
            for index in stride(from: 0, to: variants.count, by: step) {
                if captured.isFromClient {
                    simulation.injectToServer(variants[index], from: captured.datagram.source)
                } else {
                    simulation.injectToClient(variants[index])
                }
            }
        }
    }

    /// What a datagram without effect leaves as it was.
    private func facts(_ statistics: ConnectionStatistics) -> ConnectionStatistics {
        var facts = statistics
        (facts.packetsDropped, facts.packetsDuplicate) = (0, 0)
        (facts.applicationLimited, facts.congestionLimited) = (.zero, .zero)
        (facts.flowControlLimited, facts.pacingLimited) = (.zero, .zero)
        return facts
    }
}
