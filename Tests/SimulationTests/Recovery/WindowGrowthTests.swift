import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9002 §7.3.1, §7.8; RFC 7661.
@Suite struct WindowGrowthTests {
    @Test func `a full initial window grows to twice its size by what is acknowledged`() throws {
        #expect(windows(afterPackets: 10) == [10, 12, 14, 16, 18, 20])
    }

    @Test func `a flight of nine packets does not grow the window beyond eighteen`() throws {
        #expect(windows(afterPackets: 9).last == 18)
    }

    @Test func `a little data does not grow the window`() throws {
        #expect(windows(afterPackets: 3) == [10])
    }

    @Test func `an idle sender does not send its whole window at once`() throws {
        var scenario = BurstScenario.make(bytes: 80_000)
        scenario.client.writes.append(.init(after: .seconds(4), 60_000))
        let simulation = Simulation(scenario)

        simulation.run(for: .seconds(3))
        let window = try #require(simulation.client?.statistics.congestionWindow)
        simulation.run(for: .seconds(10))

        let after = simulation.streamPackets().filter { $0.time.sinceStart > .seconds(3) }
        let start = try #require(after.first?.time)
        let atOnce = after.filter { ($0.time - start).milliseconds < 2 }
        #expect(window > 30 * 1200)
        #expect(atOnce.count <= 15)
        #expect(simulation.client?.statistics.streamBytesAcknowledged == 140_000)
    }

    /// The sizes of the window in packets, as it changes while a burst is acknowledged.
    private func windows(afterPackets count: UInt64) -> [Int] {
        let simulation = Simulation(BurstScenario.make(packets: count))
        var windows: [Int] = []
        simulation.observer = { _, connection in
            guard connection.isClient else { return }
            let window = connection.statistics.congestionWindow / 1200
            if windows.last != window { windows.append(window) }
        }
        simulation.run(for: .seconds(3))
        #expect(simulation.violation == nil, "\(simulation.report)")
        return windows
    }
}
