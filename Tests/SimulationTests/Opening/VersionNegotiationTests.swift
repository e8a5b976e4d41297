import SUDPProtocol
import SUDPSimulator
import Testing

/// RFC 8999 §6.
@Suite struct VersionNegotiationTests {
    private let strange = Simulation.strangerAddress(1)

    @Test(arguments: [0, 8, 20, 255])
    func `an unknown version is answered with ours and the same connection IDs`(
        length: Int
    ) throws {
        let simulation = Simulation(Scenario(.secure))
        let destination = [UInt8](repeating: 0xd, count: max(length, 8))
        let source = [UInt8](repeating: 0x5, count: length)
        let packet = InvariantHeader.packet(
            firstByte: 0xff, version: 0x1234_5678, destination: destination, source: source,
            rest: Array(repeating: 0, count: 1200))

        simulation.injectToServer(packet, from: strange)

        let sent = try #require(simulation.server.unreachable.first)
        let answer = try #require(InvariantHeader(sent.bytes))
        #expect(answer.version == 0)
        #expect(answer.destination == source)
        #expect(answer.source == destination)
        #expect(sent.bytes.count <= packet.count)
        #expect(
            stride(from: 0, to: answer.rest.count, by: 4).contains { offset in
                answer.rest[offset...].prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
                    == Limits.version
            })
        #expect(simulation.server.connectionCount == 0)
    }

    @Test func `a small packet, version 0 and our own version are not answered`() {
        let simulation = Simulation(Scenario(.secure))
        let cases: [(version: UInt32, byteCount: Int)] = [
            (0x1234_5678, 1000), (0, 1300), (Limits.version, 1300),
        ]
        for (version, byteCount) in cases {
            let packet = InvariantHeader.packet(
                firstByte: 0xff, version: version, destination: [UInt8](repeating: 1, count: 8),
                source: [UInt8](repeating: 2, count: 8),
                rest: [UInt8](repeating: 0, count: byteCount - 100))
            simulation.injectToServer(packet, from: strange)
        }

        #expect(simulation.server.unreachable.isEmpty)
    }

    @Test func `a client learns that the peer speaks other versions`() throws {
        let simulation = opened(dropping: true)
        simulation.injectToClient(try negotiation(simulation, versions: [7, 8]))

        #expect(simulation.client?.closeReason == .versionNotSupported([7, 8]))
    }

    @Test func `a long list of versions is cut`() throws {
        let simulation = opened(dropping: true)
        simulation.injectToClient(try negotiation(simulation, versions: Array(100..<400)))

        #expect(simulation.client?.closeReason == .versionNotSupported(Array(100..<108)))
    }

    @Test func `a negotiation that offers our version at its end is ignored`() throws {
        let simulation = opened(dropping: true)
        let versions = Array(100..<400) + [Limits.version]
        simulation.injectToClient(try negotiation(simulation, versions: versions))

        #expect(simulation.client?.closeReason == nil)
    }

    @Test func `a negotiation that offers our version is ignored`() throws {
        let simulation = opened(dropping: true)
        simulation.injectToClient(try negotiation(simulation, versions: [7, Limits.version]))

        #expect(simulation.client?.closeReason == nil)
    }

    @Test func `a negotiation with wrong connection IDs is ignored`() throws {
        let simulation = opened(dropping: true)
        var packet = try negotiation(simulation, versions: [7])
        packet[8] ^= 1
        simulation.injectToClient(packet)

        #expect(simulation.client?.closeReason == nil)
    }

    @Test func `a negotiation after the server's answer is ignored`() throws {
        let simulation = opened(dropping: false)
        simulation.injectToClient(try negotiation(simulation, versions: [7]))

        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.isComplete, "\(simulation.report)")
    }

    /// A client 120 ms after its first packet, which the server answered or never got.
    private func opened(dropping: Bool) -> Simulation {
        var scenario = Scenario(.secure)
        scenario.capturesDatagrams = true
        if dropping { scenario.uplink.append(Partition(from: .start)) }
        let simulation = Simulation(scenario)
        simulation.run(for: .milliseconds(120))
        return simulation
    }

    private func negotiation(_ simulation: Simulation, versions: [UInt32]) throws -> [UInt8] {
        let first = try #require(simulation.captured.first)
        let header = try #require(InvariantHeader(first.datagram.bytes))
        return InvariantHeader.packet(
            firstByte: 0xc0, version: 0, destination: header.source, source: header.destination,
            rest: versions.flatMap { version in
                (0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) }
            })
    }
}
