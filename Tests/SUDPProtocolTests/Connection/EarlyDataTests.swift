import SUDPCrypto
import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct EarlyDataTests {
    private static let request = [UInt8]("GET the answer".utf8)

    private func pair(
        identity: TestIdentity = .early, _ bytes: [UInt8] = request, finishes: Bool = false
    ) throws -> CorePair {
        let ticket = try #require(try CorePair.ticket(identity))
        return try CorePair(
            .secure, identity: identity,
            resumption: Resumption(ticket: ticket, sendsEarlyData: true),
            early: ByteBlock(bytes), finishes: finishes)
    }

    @Test func `a request is answered after one round trip`() throws {
        let pair = try pair()
        #expect(!pair.firstFlight.isEmpty)
        pair.deliverFirstFlight()
        #expect(pair.server.isEstablished)
        #expect(pair.server.read(now: pair.now) == Self.request)
        #expect(pair.server.identity?.isEarlyDataAccepted == true)
        pair.server.core.write(ByteBlock([42]), now: pair.now)
        for sent in pair.server.transmit(now: pair.now) {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        #expect(pair.client.isEstablished)
        #expect(pair.client.read(now: pair.now) == [42])
        let identity = try #require(pair.client.identity)
        #expect(identity.isResumed && identity.isEarlyDataAccepted && identity.certificate != nil)
        pair.establish()
        #expect(pair.server.core.handshake.isConfirmed && pair.client.core.handshake.isConfirmed)
        #expect(pair.server.read(now: pair.now).isEmpty)
        #expect(pair.client.core.statistics.streamBytesRetransmitted == 0)
    }

    @Test func `the end of the stream goes with the opening too`() throws {
        let pair = try pair(finishes: true)
        pair.deliverFirstFlight()
        #expect(pair.server.read(now: pair.now) == Self.request)
        guard case .finished = pair.server.core.read(now: pair.now) else {
            Issue.record("the end has not arrived")
            return
        }
    }

    @Test func `lost early packets go again under session keys`() throws {
        let bytes = (0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let pair = try pair(bytes)
        #expect(pair.firstFlight.count == 8)
        pair.establish()
        for _ in 0..<5 {
            _ = pair.runTimers(of: pair.client, for: .milliseconds(300))
            pair.exchange()
        }
        #expect(pair.server.read(now: pair.now) == bytes)
    }

    @Test func `no more goes early than the ticket allows`() throws {
        let bytes = [UInt8](repeating: 7, count: 100_000)
        let pair = try pair(bytes)
        #expect(pair.client.core.statistics.bytesSent <= 14_336 + 1200 + 13 * 60)
        pair.deliverFirstFlight()
        var received = pair.server.read(now: pair.now)
        #expect(received.count > 10_000 && received.count <= 14_336)
        for _ in 0..<1000 where received.count < bytes.count {
            pair.exchange()
            received += pair.server.read(now: pair.now)
            pair.wait(.milliseconds(20))
            pair.client.core.handleTimeout(now: pair.now)
            pair.server.core.handleTimeout(now: pair.now)
        }
        #expect(received.count == bytes.count && received.allSatisfy { $0 == 7 })
        #expect(pair.server.closeReason == nil)
    }

    // MARK: Refused

    @Test func `a server that forgot the session gets the bytes after the handshake`() throws {
        let ticket = try #require(try CorePair.ticket(.early))
        // The ordinary server has never seen the ticket.
        let pair = try CorePair(
            .secure, identity: .ordinary,
            resumption: Resumption(ticket: ticket, sendsEarlyData: true),
            early: ByteBlock(Self.request))
        #expect(!pair.firstFlight.isEmpty)
        pair.deliverFirstFlight()
        #expect(!pair.server.isEstablished)
        #expect(pair.server.read(now: pair.now).isEmpty)
        pair.establish()
        #expect(pair.server.read(now: pair.now) == Self.request)
        #expect(pair.server.read(now: pair.now).isEmpty)
        let identity = try #require(pair.client.identity)
        #expect(!identity.isResumed && !identity.isEarlyDataAccepted)
    }

    @Test func `a server that takes no early data resumes without`() throws {
        let ticket = try #require(try CorePair.ticket(.ordinary))
        let pair = try CorePair(
            .secure, identity: .ordinary,
            resumption: Resumption(ticket: ticket, sendsEarlyData: true),
            early: ByteBlock(Self.request))
        #expect(pair.firstFlight.isEmpty)
        pair.establish()
        #expect(pair.server.read(now: pair.now) == Self.request)
        #expect(pair.client.identity?.isResumed == true)
    }

    // MARK: Hostile clients

    /// An EARLY packet of the pair's client with any payload.
    private func early(
        _ pair: CorePair, number: UInt64, _ payload: (inout ByteWriter) -> Void
    ) throws -> [UInt8] {
        let handshake = pair.client.core.handshake
        let keys = try #require(handshake.earlyData).protection
        let ids = pair.client.core.ids
        let header = LongHeader(type: .early, destination: ids.remote, source: ids.local)
        let buffer = DatagramBuffer()
        let room = Limits.minimumDatagramSize - EarlyData.trailerByteCount
        var writer = ByteWriter(buffer.bytes(0..<room))
        header.write(to: &writer, packetNumber: number)
        let headerByteCount = writer.count
        payload(&writer)
        let count = writer.count + EarlyData.trailerByteCount
        let isSealed = keys.seal(
            buffer.bytes(0..<count), headerByteCount: headerByteCount, packetNumber: number)
        #expect(isSealed)
        return buffer.copy(count)
    }

    @Test func `early data beyond the limit ends the connection`() throws {
        let pair = try pair()
        let bytes = try early(pair, number: 9) { writer in
            writer.writeFrame(.stream, Limits.earlyDataMaximum)
            writer.writeVariableLengthInteger(1)
            writer.write(UInt8(1))
        }
        pair.server.receive(bytes, from: pair.client.address, now: pair.now)
        guard case .protocolViolation(.flowControlError, _)? = pair.server.closeReason else {
            Issue.record("\(String(describing: pair.server.closeReason))")
            return
        }
    }

    @Test(arguments: [FrameType.handshakeDone, .consumed, .maxData])
    func `frames that a replay must not repeat end the connection`(_ type: FrameType) throws {
        let pair = try pair()
        let bytes = try early(pair, number: 9) { writer in
            if type == .handshakeDone {
                writer.writeFrame(type)
            } else {
                writer.writeFrame(type, 5)
            }
        }
        pair.server.receive(bytes, from: pair.client.address, now: pair.now)
        guard case .protocolViolation(.protocolViolation, _)? = pair.server.closeReason else {
            Issue.record("\(String(describing: pair.server.closeReason))")
            return
        }
    }

    @Test func `a damaged, a doubled and a late early packet have no effect`() throws {
        let pair = try pair()
        let bytes = try #require(pair.firstFlight.first)
        var damaged = bytes
        damaged[damaged.count - 1] ^= 1
        pair.server.receive(damaged, from: pair.client.address, now: pair.now)
        #expect(pair.server.read(now: pair.now).isEmpty)
        pair.deliverFirstFlight()
        pair.server.receive(bytes, from: pair.client.address, now: pair.now)
        #expect(pair.server.core.statistics.packetsDuplicate == 1)
        #expect(pair.server.read(now: pair.now) == Self.request)
        pair.establish()
        let dropped = pair.server.core.statistics.packetsDropped
        pair.server.receive(bytes, from: pair.client.address, now: pair.now)
        #expect(pair.server.core.statistics.packetsDropped == dropped + 1)
        #expect(pair.server.closeReason == nil)
    }

    // MARK: Before the client's Finished

    @Test func `session bytes wait for the client's Finished`() throws {
        let pair = try pair()
        pair.deliverFirstFlight()
        #expect(pair.server.read(now: pair.now) == Self.request)
        for sent in pair.server.transmit(now: pair.now) {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        let more = [UInt8](repeating: 3, count: 4000)
        pair.client.core.write(ByteBlock(more), now: pair.now)
        let flight = pair.client.transmit(now: pair.now).map(\.bytes)
        try #require(flight.count > 2)
        for bytes in flight.dropFirst() {
            pair.server.receive(bytes, from: pair.client.address, now: pair.now)
        }
        #expect(pair.server.core.protection.initial == nil, "the session's packets are authentic")
        #expect(pair.server.read(now: pair.now).isEmpty)
        let before = pair.server.events.count
        pair.server.receive(flight[0], from: pair.client.address, now: pair.now)
        #expect(pair.server.events[before...].contains(.readable))
        #expect(pair.server.read(now: pair.now) == more)
    }

    @Test func `early bytes that were not read before the session's packets are told again`() throws
    {
        let pair = try pair()
        pair.deliverFirstFlight()
        for sent in pair.server.transmit(now: pair.now) {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        let flight = pair.client.transmit(now: pair.now).map(\.bytes)
        let before = pair.server.events.count
        for bytes in flight { pair.server.receive(bytes, from: pair.client.address, now: pair.now) }
        #expect(pair.server.events[before...].contains(.readable))
        #expect(pair.server.read(now: pair.now) == Self.request)
    }

    @Test(arguments: [false, true])
    func `a reset ahead of the client's Finished is told behind it`(isEarly: Bool) throws {
        let pair = isEarly ? try pair() : try CorePair(.secure)
        // The early packets are lost, so that the stream has a hole.
        for sent in pair.server.transmit(now: pair.now) {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        pair.client.core.write(ByteBlock([UInt8](repeating: 3, count: 500)), now: pair.now)
        let flight = pair.client.transmit(now: pair.now).map(\.bytes)
        pair.client.core.reset(code: 7, now: pair.now)
        for sent in pair.client.transmit(now: pair.now) {
            pair.server.receive(sent.bytes, from: pair.client.address, now: pair.now)
        }
        guard case .blocked = pair.server.core.read(now: pair.now) else {
            Issue.record("the reset was not held back")
            return
        }
        let before = pair.server.events.count
        for bytes in flight { pair.server.receive(bytes, from: pair.client.address, now: pair.now) }
        #expect(pair.server.events[before...].contains(.reset(code: 7)))
        guard case .reset(code: 7) = pair.server.core.read(now: pair.now) else {
            Issue.record("the reset cannot be read")
            return
        }
    }

    @Test func `what the server's application consumed does not go to another one`() throws {
        let pair = try pair(finishes: true)
        pair.deliverFirstFlight()
        var answers = pair.server.transmit(now: pair.now)
        #expect(pair.server.read(now: pair.now) == Self.request)
        _ = pair.server.core.read(now: pair.now)
        pair.server.core.confirmConsumed(now: pair.now)
        // The acknowledgement is lost, and what says that all was consumed arrives.
        answers = answers.filter { $0.bytes[0] & 0x80 != 0 } + pair.server.transmit(now: pair.now)
        for sent in answers {
            pair.client.receive(sent.bytes, from: pair.server.address, now: pair.now)
        }
        #expect(pair.client.events.contains(.sendConfirmed))
        #expect(pair.client.core.sendStream.acknowledgedOffset == 0)
        let local = pair.client.core.ids.local
        let token = try #require(pair.client.core.ids.peerResetToken)
        let reset = [0x40] + local.bytes + [UInt8](repeating: 9, count: 20) + token
        pair.client.receive(reset, from: pair.server.address, now: pair.now)
        #expect(pair.client.closeReason == .stateLost)
    }

    @Test func `a client that never finishes its handshake is given up`() throws {
        let pair = try pair()
        pair.deliverFirstFlight()
        #expect(pair.server.isEstablished)
        _ = pair.runTimers(of: pair.server, for: .seconds(31))
        #expect(pair.server.closeReason == .handshakeTimedOut(heardFromPeer: true))
    }

    @Test func `an address that nobody proved gets three times what came from it`() throws {
        let pair = try pair()
        pair.deliverFirstFlight()
        pair.server.core.write(ByteBlock([UInt8](repeating: 1, count: 100_000)), now: pair.now)
        let received = pair.server.core.statistics.bytesReceived
        _ = pair.runTimers(of: pair.server, for: .seconds(20))
        #expect(pair.server.core.statistics.bytesSent <= 3 * received)
    }
}
