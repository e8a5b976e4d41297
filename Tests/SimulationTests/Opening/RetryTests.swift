import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 9000 §8.1.2: under a flood addresses are validated before there is any state.
@Suite struct RetryTests {
    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `an honest client gets through a flood of half-open connections`(
        mode: SecurityMode
    ) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 50_000)
        scenario.clientSpacing = .seconds(1)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        let flood = Simulation.firstDatagrams(count: 300)
        for (index, bytes) in flood.enumerated() {
            simulation.injectToServer(bytes, from: Simulation.strangerAddress(index))
        }
        let halfOpen = simulation.server.connectionCount

        #expect(simulation.run { $0.client?.closeReason != nil }, "\(simulation.report)")

        #expect(halfOpen >= 50 && halfOpen <= 65)
        #expect(simulation.client?.isComplete == true, "\(simulation.report)")
        let retry = try #require(simulation.captured.first { !$0.isFromClient })
        #expect(retry.byteCount < 200)
        #expect(retry.datagram.bytes[0] & 0x30 == 0x30)
        let second = try #require(simulation.captured.filter(\.isFromClient).dropFirst().first)
        let answer = InvariantHeader(retry.datagram.bytes)
        #expect(InvariantHeader(second.datagram.bytes)?.destination == answer?.source)
        #expect(
            (simulation.client?.time(of: .established)?.sinceStart ?? .zero) < .milliseconds(250))
    }

    @Test func `a flood costs the server less than it sends`() {
        let simulation = Simulation(Scenario(.secure))
        let flood = Simulation.firstDatagrams(count: 100)
        for (index, bytes) in flood.enumerated() {
            simulation.injectToServer(bytes, from: Simulation.strangerAddress(index))
        }
        let state = simulation.server.connectionCount
        let before = simulation.server.sentByteCount
        for (index, bytes) in flood.enumerated() {
            simulation.injectToServer(bytes, from: Simulation.strangerAddress(1000 + index))
        }

        #expect(simulation.server.connectionCount == state)
        #expect(simulation.server.sentByteCount - before < 1200 * 100)
        #expect(simulation.violation == nil)
    }

    @Test func `a token is good for its address and time only`() throws {
        var scenario = Scenario(.secure)
        scenario.capturesDatagrams = true
        scenario.clientSpacing = .seconds(1)
        scenario.uplink.append(Drop(numbers: [1]))
        let simulation = Simulation(scenario)
        for (index, bytes) in Simulation.firstDatagrams(count: 100).enumerated() {
            simulation.injectToServer(bytes, from: Simulation.strangerAddress(index))
        }
        simulation.run(for: .milliseconds(300))
        let proven = try #require(simulation.captured.filter(\.isFromClient).dropFirst().first)
        let count = simulation.server.connectionCount

        simulation.injectToServer(proven.datagram.bytes, from: Simulation.strangerAddress(5000))
        #expect(simulation.server.connectionCount == count)

        simulation.run(for: .seconds(60))
        let later = simulation.server.connectionCount
        simulation.injectToServer(proven.datagram.bytes, from: Simulation.clientAddress(0))
        #expect(simulation.server.connectionCount == later)
        #expect(simulation.violation == nil)
    }

    @Test(arguments: [SecurityMode.plaintext, .secure])
    func `a client that obeyed a forged RETRY starts afresh`(mode: SecurityMode) throws {
        var scenario = Scenario(mode)
        scenario.client = ApplicationScript(sends: 50_000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        simulation.run(for: .milliseconds(10))
        let syn = try #require(simulation.captured.first)
        simulation.injectToClient(try ForgedPacket.retry(to: syn.datagram.bytes))

        #expect(simulation.runToEnd(), "\(simulation.report)")

        #expect(simulation.client?.isComplete == true, "\(simulation.report)")
        let established = try #require(simulation.client?.time(of: .established))
        #expect(established.sinceStart > .seconds(9) && established.sinceStart < .seconds(12))
    }
}
