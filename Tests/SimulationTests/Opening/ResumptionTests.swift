import SUDPCrypto
import SUDPProtocol
import SUDPSimulator
import Testing

/// Sessions that are resumed with early data, over a network that loses and reorders.
@Suite struct ResumptionTests {
    private func ticket() throws -> SessionTicket {
        var scenario = Scenario(.secure)
        scenario.identity = .early
        scenario.resumption.asksForTicket = true
        let simulation = Simulation(scenario)
        #expect(simulation.runToEnd(), "\(simulation.report)")
        let tickets = simulation.client?.events.compactMap { record -> SessionTicket? in
            guard case .ticket(let ticket) = record.event else { return nil }
            return ticket
        }
        return try #require(tickets?.first)
    }

    private func scenario(sends byteCount: UInt64) throws -> Scenario {
        var scenario = Scenario(.secure)
        scenario.identity = .early
        scenario.resumption = Resumption(
            ticket: try ticket(), sendsEarlyData: true)
        scenario.client = ApplicationScript(sends: byteCount)
        scenario.server = .echo
        return scenario
    }

    @Test func `an answer is there after one round trip`() throws {
        let simulation = Simulation(try scenario(sends: 500))
        var answered: Instant?
        simulation.observer = { simulation, connection in
            if connection.isClient, connection.application.bytesRead == 500 {
                answered = answered ?? simulation.now
            }
        }
        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.client?.isComplete == true)
        #expect(answered?.sinceStart == .milliseconds(100))
    }

    @Test func `any loss among the first packets is survived`() throws {
        for index in 0..<(TestEnvironment.isExhaustive ? 4096 : 256) as Range<UInt64> {
            let mask = index &* 0x9e37 & 0xffff
            var scenario = try scenario(sends: 6000)
            scenario.uplink.append(DropMask(mask & 0xff))
            scenario.downlink.append(DropMask(mask >> 8))
            let simulation = Simulation(scenario)
            simulation.runToEnd(within: .seconds(120))
            guard simulation.isComplete, simulation.violation == nil else {
                Issue.record("mask \(String(mask, radix: 16)): \(simulation.report)")
                return
            }
        }
    }

    @Test func `early data does not hide that the path carries ECN`() throws {
        let simulation = Simulation(try scenario(sends: 300_000))
        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.client?.core.peerIdentity?.isEarlyDataAccepted == true)
        #expect(simulation.client?.statistics.ecn == .used)
    }

    @Test func `a server that lost its state gets everything after a full handshake`() throws {
        let scenario = try scenario(sends: 6000)
        // The first use takes the ticket, so that the second is refused.
        #expect(Simulation(scenario).runToEnd())
        let simulation = Simulation(scenario)
        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.isComplete)
        #expect(simulation.client?.core.peerIdentity?.isResumed == false)
    }

    @Test func `a RETRY comes between and early data goes again behind it`() throws {
        var scenario = try scenario(sends: 3000)
        scenario.clientSpacing = .seconds(1)
        let simulation = Simulation(scenario)
        for (index, bytes) in Simulation.firstDatagrams(count: 100, identity: .early)
            .enumerated()
        {
            simulation.injectToServer(bytes, from: Simulation.strangerAddress(index))
        }
        #expect(simulation.run { $0.client?.closeReason != nil }, "\(simulation.report)")
        #expect(simulation.client?.isComplete == true, "\(simulation.report)")
        #expect(simulation.client?.core.peerIdentity?.isEarlyDataAccepted == true)
    }

    @Test func `a first flight that is sent again has no effect`() throws {
        var scenario = try scenario(sends: 3000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        #expect(simulation.runToEnd(), "\(simulation.report)")
        let flight = simulation.captured.filter {
            $0.isFromClient && $0.datagram.bytes[0] & 0x80 != 0
        }
        #expect(flight.count == 4)
        let before = simulation.server.connections.count
        for datagram in flight {
            simulation.injectToServer(
                datagram.datagram.bytes, from: Simulation.strangerAddress(1))
        }
        let replayed = simulation.server.connections.dropFirst(before)
        #expect(replayed.count == 1)
        #expect(replayed.allSatisfy { $0.application.bytesRead == 0 })
        #expect(replayed.allSatisfy { $0.time(of: .established) == nil })
    }
}
