import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct EndpointTests {
    private let rig = EndpointRig()

    private func syn(seed: UInt8 = 10) throws -> [UInt8] {
        try EndpointRig.client(seed: seed).transmit(now: rig.now).flatMap(\.bytes)
    }

    private func unknownData(_ byteCount: Int, id: UInt64 = 99) -> [UInt8] {
        let head = ByteWriter.bytes(capacity: 20) { writer in
            ShortHeader.write(
                to: &writer, destination: ConnectionID(value: id), keyPhase: 0, packetNumber: 0)
        }
        return Array((head + [UInt8](repeating: 1, count: byteCount)).prefix(byteCount))
    }

    private func otherVersion(
        _ byteCount: Int, version: UInt32 = 0xdead_beef, idLength: Int = 8
    ) -> [UInt8] {
        let id = [UInt8](repeating: 7, count: idLength)
        let head = ByteWriter.bytes(capacity: 600) { writer in
            writer.write(UInt8(0xc0))
            writer.write(version)
            for _ in 0..<2 {
                writer.write(UInt8(idLength))
                writer.write(id)
            }
        }
        return Array((head + [UInt8](repeating: 0, count: byteCount)).prefix(byteCount))
    }

    // MARK: Unknown connections

    @Test(arguments: [9, 21, 22, 42, 1200, 60_000])
    func `data of an unknown connection gets a shorter reset or nothing`(_ byteCount: Int) {
        let outcomes = rig.routes(unknownData(byteCount))
        guard byteCount > Limits.resetByteCountMinimum else {
            #expect(outcomes == [.drop])
            return
        }
        guard case .reply(let bytes, let destination)? = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(bytes.count < byteCount)
        #expect(destination == CorePair.clientAddress)
    }

    @Test func `an endpoint that shall not answer does not`() {
        let silent = EndpointRig(answersReset: false)
        #expect(silent.routes(unknownData(100)) == [.drop])
    }

    @Test(arguments: 0...8)
    func `a datagram without room for a connection ID is dropped`(_ byteCount: Int) {
        let outcomes = rig.routes(unknownData(byteCount))
        #expect(outcomes == (byteCount == 0 ? [] : [.drop]))
    }

    // MARK: Other versions

    @Test(arguments: [8, 20, 21, 255])
    func `an unknown version is answered, never with more than came`(_ idLength: Int) {
        let trigger = otherVersion(1200, idLength: idLength)
        guard case .reply(let bytes, _)? = rig.routes(trigger).first else {
            Issue.record("no answer")
            return
        }
        #expect(bytes.count <= trigger.count)
        let answer = bytes.withUnsafeBytes { VersionNegotiation.parse($0) }
        #expect(answer?.version == 0)
        #expect(rig.routes(otherVersion(1199, idLength: idLength)) == [.drop])
    }

    @Test func `version negotiation is never answered, nor is a malformed packet of ours`() {
        #expect(rig.routes(otherVersion(1200, version: 0)) == [.drop])
        #expect(rig.routes(otherVersion(1200, version: Limits.version, idLength: 30)) == [.drop])
        rig.isAccepting = false
        #expect(rig.routes(otherVersion(1200)) == [.drop])
    }

    // MARK: First SYNs

    @Test func `a first SYN asks to be accepted, its copies find the connection`() throws {
        let syn = try syn()
        guard case .accept(let incoming, let range)? = rig.routes(syn).first else {
            Issue.record("not accepted")
            return
        }
        #expect(!incoming.isAddressValidated)
        #expect(range == 0..<syn.count)
        let server = rig.accept(incoming, range)
        #expect(rig.routes(syn) == [.connection(server.core.handle, 0..<syn.count)])
        #expect(rig.endpoint.connectionCount == 1)
        rig.endpoint.handle(.drained, from: server.core.handle)
        #expect(rig.endpoint.connectionCount == 0)
    }

    @Test func `what cannot open a connection is dropped`() throws {
        let syn = try syn()
        #expect(rig.routes(Array(syn.dropLast())) == [.drop])
        var synAck = syn
        synAck[0] |= 0x10
        #expect(rig.routes(synAck) == [.drop])
        var shortID = syn
        shortID.remove(at: 6)
        shortID[5] = 7
        #expect(rig.routes(shortID + [0]) == [.drop])
        rig.isAccepting = false
        #expect(rig.routes(syn) == [.drop])
    }

    @Test func `a SYN that does not authenticate leaves nothing behind`() throws {
        let good = try syn()
        var bad = good
        bad[700] ^= 1
        #expect(rig.routes(bad) == [.drop])
        #expect(rig.endpoint.connectionCount == 0)
        guard case .accept(let incoming, let range)? = rig.routes(good).first else {
            Issue.record("its connection ID is still known")
            return
        }
        #expect(!rig.accept(incoming, range).isDrained)
    }

    @Test func `a SYN is opened with its own keys, whatever was verified in between`() throws {
        let outcomes = try [10, 11].map { rig.routes(try syn(seed: $0)) }
        guard case .accept(let incoming, _)? = outcomes[0].first else {
            Issue.record("not accepted")
            return
        }
        let first = try syn(seed: 10)
        _ = rig.buffer.replace(with: first)
        #expect(!rig.accept(incoming, 0..<first.count).isDrained)
    }

    @Test(arguments: [(1250, 1250), (1_000_000, 1472), (1 << 62 - 1, 1472)] as [(UInt64, Int)])
    func `no datagram is larger than the client takes`(_ asked: UInt64, _ size: Int) throws {
        let client = try EndpointRig.client(seed: 10)
        _ = client.transmit(now: rig.now)
        var parameters = client.core.handshake.localParameters
        parameters.maximumDatagramSize = asked
        let syn = client.sealedInitial(number: 0) {
            $0.writeBytes(.parameters, parameters.encoded())
        }
        guard case .accept(let incoming, let range)? = rig.routes(syn).first else {
            Issue.record("not accepted")
            return
        }
        var configuration = ConnectionConfiguration()
        configuration.maximumDatagramSize = 1472
        let server = rig.accept(incoming, range, configuration: configuration)
        server.core.write(ByteBlock([UInt8](repeating: 1, count: 50_000)), now: rig.now)
        var largest = 0
        for _ in 0..<5 {
            for sent in server.transmit(now: rig.now) {
                largest = max(largest, sent.bytes.count)
                client.receive(sent.bytes, from: CorePair.serverAddress, now: rig.now)
            }
            for sent in client.transmit(now: rig.now) {
                server.receive(sent.bytes, from: CorePair.clientAddress, now: rig.now)
            }
        }
        #expect(largest == size)
    }

    @Test(arguments: 0..<4)
    func `a client that sends what only servers may is refused`(_ parameter: Int) throws {
        let client = try EndpointRig.client(seed: 10)
        var parameters = client.core.handshake.localParameters
        switch parameter {
        case 0: parameters.resetToken = [UInt8](repeating: 1, count: 16)
        case 1: parameters.originalDestination = ConnectionID(value: 1)
        case 2: parameters.retrySource = ConnectionID(value: 1)
        default: break
        }
        let syn = client.sealedInitial(number: 0) {
            $0.writeBytes(.parameters, parameters.encoded())
        }
        guard case .accept(let incoming, let range)? = rig.routes(syn).first else {
            Issue.record("not accepted")
            return
        }
        let server = rig.accept(incoming, range)
        guard case .protocolViolation(.transportParameterError, _)? = server.closeReason else {
            #expect(parameter == 3 && server.closeReason == nil)
            return
        }
        #expect(parameter < 3)
    }

    @Test(arguments: [53, 123, 1900] as [UInt16])
    func `reflecting ports get no answer of any kind`(_ port: UInt16) throws {
        var remote = CorePair.clientAddress
        remote.port = port
        for trigger in [try syn(), unknownData(100), otherVersion(1200)] {
            #expect(rig.routes(trigger, from: remote) == [.drop])
        }
    }

    @Test func `port zero does not exist`() throws {
        var remote = CorePair.clientAddress
        remote.port = 0
        #expect(rig.routes(try syn(), from: remote).isEmpty)
    }

    // MARK: RETRY

    private func fillWithHalfOpen() throws {
        for index in 0..<Limits.halfOpenBeforeRetry {
            let remote = NetworkAddress(ipv4: 0x0b00_0000 + UInt32(index), port: 4000)
            let outcomes = rig.routes(try syn(seed: UInt8(20 + index)), from: remote)
            guard case .accept(let incoming, let range)? = outcomes.first else {
                Issue.record("\(outcomes)")
                return
            }
            _ = rig.accept(incoming, range)
        }
    }

    @Test func `under load an address is proved before any state is kept`() throws {
        try fillWithHalfOpen()
        let client = try EndpointRig.client(seed: 200)
        let syn = client.transmit(now: rig.now).flatMap(\.bytes)
        guard case .reply(let retry, _)? = rig.routes(syn).first else {
            Issue.record("no RETRY")
            return
        }
        #expect(retry.count < syn.count / 3)
        #expect(rig.endpoint.connectionCount == Limits.halfOpenBeforeRetry)
        client.receive(retry, from: CorePair.serverAddress, now: rig.now)
        let second = client.transmit(now: rig.now).flatMap(\.bytes)
        #expect(second.count == Limits.minimumDatagramSize)
        #expect(rig.routes(second, from: CorePair.otherAddress) == [.drop])
        guard case .accept(let incoming, let range)? = rig.routes(second).first else {
            Issue.record("the token is not accepted")
            return
        }
        #expect(incoming.isAddressValidated)
        #expect(!rig.accept(incoming, range).isDrained)
    }

    @Test func `a source with tokens has its share of half-open connections`() throws {
        try fillWithHalfOpen()
        var accepted = 0
        for seed in 100..<(100 + UInt8(Limits.halfOpenPerSource) + 10) {
            let client = try EndpointRig.client(seed: seed)
            let syn = client.transmit(now: rig.now).flatMap(\.bytes)
            guard case .reply(let retry, _)? = rig.routes(syn).first else {
                Issue.record("no RETRY")
                return
            }
            client.receive(retry, from: CorePair.serverAddress, now: rig.now)
            let second = client.transmit(now: rig.now).flatMap(\.bytes)
            guard case .accept(let incoming, let range)? = rig.routes(second).first else {
                continue
            }
            _ = rig.accept(incoming, range)
            accepted += 1
        }
        #expect(accepted == Limits.halfOpenPerSource)
    }

    @Test func `a client's own opening does not count as load, nor its end as relief`() throws {
        try fillWithHalfOpen()
        for _ in 0..<3 {
            let core = try rig.endpoint.connect(
                to: NetworkPath(local: CorePair.serverAddress, remote: CorePair.otherAddress),
                security: .plaintext, configuration: ConnectionConfiguration(), now: rig.now)
            let client = CorePeer(core: core, address: CorePair.serverAddress)
            client.core.close(code: 1, reason: "", now: rig.now)
            rig.tell(of: client)
        }
        guard case .reply? = rig.routes(try syn(seed: 200)).first else {
            Issue.record("no RETRY")
            return
        }
    }

    @Test func `a token that is late or damaged opens nothing`() throws {
        try fillWithHalfOpen()
        let client = try EndpointRig.client(seed: 200)
        let syn = client.transmit(now: rig.now).flatMap(\.bytes)
        guard case .reply(let retry, _)? = rig.routes(syn).first else {
            Issue.record("no RETRY")
            return
        }
        client.receive(retry, from: CorePair.serverAddress, now: rig.now)
        let second = client.transmit(now: rig.now).flatMap(\.bytes)
        var damaged = second
        damaged[40] ^= 1
        #expect(rig.routes(damaged) == [.drop])
        rig.now = rig.now + .seconds(16)
        #expect(rig.routes(second) == [.drop])
    }

    @Test func `one source in a hurry has to prove itself`() throws {
        var retries = 0
        for seed in 20..<120 as Range<UInt8> {
            switch rig.routes(try syn(seed: seed)).first {
            case .reply: retries += 1
            case .accept: break
            default: Issue.record("dropped")
            }
        }
        #expect(retries == 100 - Int(Limits.newConnectionsBurst))
    }

    @Test func `a refusal reaches the client and is not larger than its SYN`() throws {
        let client = try EndpointRig.client(seed: 200)
        let syn = client.transmit(now: rig.now).flatMap(\.bytes)
        guard case .accept(let incoming, _)? = rig.routes(syn).first else {
            Issue.record("not accepted")
            return
        }
        let reply = DatagramBuffer()
        let refusal = rig.endpoint.refuse(
            incoming, reason: String(repeating: "full", count: 1000), reply: reply)
        let transmit = try #require(refusal)
        #expect(transmit.byteCount <= syn.count)
        client.receive(
            reply.copy(transmit.byteCount), from: CorePair.serverAddress, now: rig.now)
        guard case .closedByPeer(.transport(.connectionRefused), _)? = client.closeReason else {
            Issue.record("\(String(describing: client.closeReason))")
            return
        }
        #expect(rig.endpoint.connectionCount == 0)
    }

    // MARK: Trains

    @Test func `a train is cut where another connection begins`() throws {
        guard case .accept(let incoming, let range)? = rig.routes(try syn()).first else {
            Issue.record("not accepted")
            return
        }
        let server = rig.accept(incoming, range)
        let known = unknownData(50, id: server.core.ids.local.high)
        let unknown = unknownData(50)
        let handle = server.core.handle
        let outcomes = rig.routes(
            known + known + unknown + known + Array(known.prefix(9)), size: 50)
        try #require(outcomes.count == 3)
        #expect(outcomes[0] == .connection(handle, 0..<100))
        guard case .reply = outcomes[1] else {
            Issue.record("\(outcomes[1])")
            return
        }
        #expect(outcomes[2] == .connection(handle, 150..<209))
    }

    @Test(arguments: [0, 1, 7, 49, 50, 51, 209, 4000])
    func `any segment size covers the train once`(_ size: Int) {
        let bytes = (0..<209).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let outcomes = rig.routes(bytes, size: size)
        #expect(outcomes.count == (209 + max(size, 1) - 1) / max(size, 1))
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `no random datagram gets more than it brought, or opens a connection`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            var bytes = random.bytes(Int(random.chance(0.3) ? 1200 : random.below(1300)))
            if bytes.count > 40, random.chance(0.5) {
                bytes.replaceSubrange(0..<6, with: [0xc0, 0x53, 0x55, 0x44, 1, 8])
                bytes[14] = 8
            }
            for outcome in rig.routes(bytes) {
                switch outcome {
                case .reply(let reply, _): #expect(reply.count < bytes.count)
                case .accept(let incoming, let range):
                    #expect(rig.accept(incoming, range).isDrained)
                case .connection, .drop: break
                }
            }
        }
        #expect(rig.endpoint.connectionCount == 0)
    }
}
