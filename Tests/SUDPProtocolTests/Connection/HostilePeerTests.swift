import SUDPSimulator
import Testing

@testable import SUDPProtocol

/// What a peer with the right keys may try, and what it gets.
@Suite struct HostilePeerTests {
    private func establishedPair(_ mode: SecurityMode = .plaintext) throws -> CorePair {
        let pair = try CorePair(mode)
        pair.establish()
        try #require(pair.client.isEstablished && pair.server.isEstablished)
        return pair
    }

    @Test func `stream data that finds no room among the holes is not acknowledged`() throws {
        let pair = try establishedPair()
        let first = pair.client.core.session.sent.nextNumber
        let count = UInt64(2 * Limits.reassemblyGaps)
        for index in 0..<count {
            let packet = pair.client.sealed { writer in
                writer.writeFrame(.stream, 1 + 2 * index)
                writer.writeVariableLengthInteger(1)
                writer.write(UInt8(7))
            }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
        }
        let acked = (first..<(first + count)).filter {
            pair.server.core.session.acks.received.contains($0)
        }
        #expect(acked.count == Limits.reassemblyGaps)
    }

    @Test func `data that finds no room is answered by what is already here`() throws {
        let pair = try establishedPair()
        func deliver(_ offset: UInt64) {
            let packet = pair.client.sealed { writer in
                writer.writeFrame(.stream, offset)
                writer.writeVariableLengthInteger(1)
                writer.write(UInt8(7))
            }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
        }
        for index in 0..<UInt64(Limits.reassemblyGaps) { deliver(1 + 2 * index) }
        _ = pair.server.transmit(now: pair.now)
        deliver(1 + 2 * UInt64(Limits.reassemblyGaps))
        let answers = pair.server.transmit(now: pair.now).compactMap { ObservedPacket($0.bytes) }
        #expect(answers.count == 1)
        #expect(answers.first?.ackRanges?.isEmpty == false)
        #expect(pair.server.transmit(now: pair.now).isEmpty)
    }

    @Test func `acknowledging a skipped number ends the connection although all else is acked`()
        throws
    {
        let pair = try establishedPair()
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 4_000_000)), now: pair.now)
        var rounds = 0
        while pair.server.closeReason == nil, rounds < 200 {
            _ = pair.server.transmit(now: pair.now)
            pair.wait(.milliseconds(20))
            let largest = pair.server.core.session.sent.nextNumber - 1
            let packet = pair.client.sealed { writer in
                writer.writeFrame(.maxData, 1 << 40)
                writer.writeFrame(.ack, largest)
                writer.writeVariableLengthInteger(0)
                writer.writeVariableLengthInteger(0)
                writer.writeVariableLengthInteger(largest)
            }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
            rounds += 1
        }
        guard case .protocolViolation(.protocolViolation, _)? = pair.server.closeReason else {
            Issue.record("\(String(describing: pair.server.closeReason)) after \(rounds) rounds")
            return
        }
    }

    @Test func `a peer that acknowledges nothing gets no acknowledgements for ever`() throws {
        let pair = try establishedPair()
        var largest = 0
        for _ in 0..<(2 * Limits.sentPacketsRemembered) where pair.server.closeReason == nil {
            let packet = pair.client.sealed(capacity: 64) { writer in
                writer.writeFrame(.pathResponse)
                writer.write(UInt64(0))
            }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
            _ = pair.server.transmit(now: pair.now)
            let sent = pair.server.core.session.sent
            largest = max(largest, Int(sent.nextNumber - sent.firstNumber))
        }
        #expect(largest <= Limits.sentPacketsRemembered + Limits.probePackets)
        #expect(pair.runTimers(of: pair.server, for: .seconds(10)) < 100)
    }

    @Test(arguments: [(1, false), (1200, true)] as [(UInt64, Bool)])
    func `a window raised byte by byte draws no tiny packets and counts as useless`(
        _ step: UInt64, _ isTolerated: Bool
    ) throws {
        let pair = try establishedPair()
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 1_000_000)), now: pair.now)
        pair.exchange()
        var limit = pair.server.core.sendStream.credit
        var sizes: [Int] = []
        for _ in 0..<(Int(Limits.uselessFramesBurst) + 100) where !pair.server.isDrained {
            limit += step
            let packet = pair.client.sealed { $0.writeFrame(.maxData, limit) }
            pair.server.receive(packet, from: pair.client.address, now: pair.now)
            let sent = pair.server.transmit(now: pair.now).compactMap { ObservedPacket($0.bytes) }
            sizes += sent.compactMap { $0.streamRange.map { $0.count } }
        }
        #expect(sizes.dropFirst().allSatisfy { $0 > 1000 }, "\(sizes.filter { $0 <= 1000 })")
        #expect((pair.server.closeReason == nil) == isTolerated)
    }

    @Test func `codes too large for the wire count as the largest`() throws {
        let pair = try establishedPair()
        pair.client.core.stopReading(code: 1 << 62, now: pair.now)
        pair.client.core.reset(code: .max, now: pair.now)
        pair.exchange()
        #expect(pair.server.events.contains(.stopped(code: Limits.applicationCodeMaximum)))
        #expect(pair.server.events.contains(.reset(code: Limits.applicationCodeMaximum)))
        pair.client.core.close(code: .max, reason: "", now: pair.now)
        pair.exchange()
        let code = CloseCode.application(Limits.applicationCodeMaximum)
        #expect(pair.client.closeReason == .closedLocally(code, reason: ""))
        #expect(pair.server.closeReason == .closedByPeer(code, reason: ""))
    }

    @Test func `the application hears once that the peer reads no more`() throws {
        let pair = try establishedPair()
        pair.server.core.write(ByteBlock([1]), now: pair.now)
        pair.server.core.finish(now: pair.now)
        pair.exchange()
        pair.wait(.milliseconds(30))
        pair.client.core.handleTimeout(now: pair.now)
        pair.exchange()
        let isFullyAcked = pair.server.core.sendStream.isFullyAcked
        try #require(isFullyAcked)
        let packet = pair.client.sealed { writer in
            for code in 0..<UInt64(50) { writer.writeFrame(.stop, code) }
        }
        pair.server.receive(packet, from: pair.client.address, now: pair.now)
        let stops = pair.server.events.filter { if case .stopped = $0 { true } else { false } }
        #expect(stops == [.stopped(code: 0)])
    }
}
