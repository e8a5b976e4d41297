import SUDPProtocol
import SUDPSimulator
import Testing

/// A peer that breaks a rule ends its own connection, and both sides learn why.
@Suite struct BrokenRuleTests {
    struct Rule: CustomTestStringConvertible {
        var testDescription: String
        var frames: [UInt8]
        var code: TransportErrorCode
    }

    private static let rules = [
        Rule(
            testDescription: "data beyond the window",
            frames: [0x08] + integer(50_000_000) + integer(3) + [1, 2, 3], code: .flowControlError),
        Rule(
            testDescription: "an end beyond the window", frames: [0x09] + integer(50_000_000) + [0],
            code: .flowControlError),
        Rule(
            testDescription: "an end before data that arrived",
            frames: [0x09] + integer(10) + [0], code: .finalSizeError),
        Rule(
            testDescription: "a reset before data that arrived",
            frames: [0x04, 0x07, 0x01], code: .finalSizeError),
        Rule(
            testDescription: "an acknowledgement of what was never sent",
            frames: [0x02] + integer(1_000_000) + [0, 0, 0], code: .protocolViolation),
        Rule(testDescription: "an unknown frame", frames: [0x3f], code: .frameEncodingError),
        Rule(
            testDescription: "a stream frame longer than its packet",
            frames: [0x08, 0x00] + integer(1000) + [1], code: .frameEncodingError),
        Rule(
            testDescription: "an offset beyond 62 bits",
            frames: [0x08] + [UInt8](repeating: 0xff, count: 8) + [2, 1, 1],
            code: .frameEncodingError),
        Rule(
            testDescription: "consumption of a stream that is not finished",
            frames: [0x20] + integer(5), code: .finalSizeError),
        Rule(testDescription: "no frame at all", frames: [], code: .protocolViolation),
        Rule(testDescription: "a handshake done", frames: [0x1e], code: .protocolViolation),
    ]

    @Test(arguments: rules)
    func `a broken rule ends the connection with its name`(rule: Rule) throws {
        var scenario = Scenario(.plaintext)
        scenario.client.writes = [.init(after: .zero, 20_000)]
        scenario.client.finishes = false
        scenario.server.finishes = false
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        simulation.run(for: .seconds(1))
        let last = try #require(simulation.captured.last { $0.isFromClient && $0.packet != nil })

        simulation.injectToServer(
            ForgedPacket.bytes(like: last.datagram.bytes, frames: rule.frames),
            from: Simulation.clientAddress(0))
        simulation.run(for: .seconds(5))

        guard case .protocolViolation(rule.code, _)? = simulation.accepted?.closeReason else {
            Issue.record("\(simulation.report)")
            return
        }
        // The honest client is told too; that its forged packet is acknowledged may shock it first.
        let reason = try #require(simulation.client?.closeReason)
        #expect(reason != .complete)
    }

    @Test func `data that arrived before is not checked against the reader again`() throws {
        var scenario = Scenario(.plaintext)
        scenario.client = ApplicationScript(sends: 20_000)
        scenario.capturesDatagrams = true
        let simulation = Simulation(scenario)
        simulation.run(for: .milliseconds(150))
        let last = try #require(simulation.captured.last { $0.isFromClient && $0.packet != nil })
        let again = ForgedPacket.bytes(
            like: last.datagram.bytes, frames: [0x08, 0x00, 0x02, 0xee, 0xee])
        simulation.run(for: .milliseconds(100))

        simulation.injectToServer(again, from: Simulation.clientAddress(0))

        #expect(simulation.runToEnd(), "\(simulation.report)")
        #expect(simulation.accepted?.application.bytesRead == 20_000)
        #expect(simulation.violation == nil)
    }

    /// RFC 9000 §16, in 4 bytes.
    private static func integer(_ value: UInt32) -> [UInt8] {
        [
            0x80 | UInt8(value >> 24), UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff),
            UInt8(value & 0xff),
        ]
    }
}
