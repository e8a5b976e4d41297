import SUDPCrypto
import Testing

@Suite struct TLSHostileBytesTests {
    let identities: TestIdentities
    let client: TLSContext
    let server: TLSContext

    init() throws {
        identities = try TestIdentities.shared.get()
        client = try .client(trust: identities.trust)
        server = try .server(identity: identities.server)
    }

    private func clientHello() throws -> [UInt8] {
        let pair = try HandshakePair(client: client, server: server)
        pair.stepClient([])
        return pair.client.takeOutput()
    }

    private func answer(to hello: [UInt8]) throws -> HandshakePair {
        let pair = try HandshakePair(client: client, server: server)
        pair.stepServer(hello)
        return pair
    }

    /// Replaces the only place where `old` occurs.
    private func replacing(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) throws -> [UInt8] {
        let places = (0...(bytes.count - old.count)).filter {
            bytes[$0..<($0 + old.count)].elementsEqual(old)
        }
        try #require(places.count == 1)
        var result = bytes
        result.replaceSubrange(places[0]..<(places[0] + old.count), with: new)
        return result
    }

    @Test func `a ClientHello without transport parameters is refused`() throws {
        let hello = try replacing([0xff, 0x5a], with: [0xff, 0x5b], in: try clientHello())
        let pair = try answer(to: hello)
        #expect(pair.serverFailure?.kind == .missingTransportParameters)
        #expect(pair.serverFailure?.alert == 109)
        #expect(pair.server.takeOutput() == [21, 3, 3, 0, 2, 2, 109])
    }

    @Test func `a ClientHello of another application is refused`() throws {
        let hello = try replacing(
            [UInt8]("sudp/1".utf8), with: [UInt8]("sudp/2".utf8), in: try clientHello())
        let pair = try answer(to: hello)
        #expect(pair.serverFailure?.kind == .applicationMismatch)
        #expect(pair.server.takeOutput() == [21, 3, 3, 0, 2, 2, 120])
    }

    @Test func `an answer without transport parameters is refused by the client`() throws {
        let pair = try HandshakePair(client: client, server: server)
        let plain = PlainTLSServer(identity: identities.server, sendsParameters: false)
        pair.stepClient([])
        pair.stepClient(plain.answer(to: pair.client.takeOutput()))
        #expect(pair.clientFailure?.kind == .missingTransportParameters)
        #expect(pair.clientFailure?.alert == 109)
        #expect(pair.client.takeOutput() == [21, 3, 3, 0, 2, 2, 109])
        #expect(!pair.client.canExport)
    }

    private func completed() throws -> (pair: HandshakePair, server: PlainTLSServer) {
        let pair = try HandshakePair(client: client, server: server)
        let plain = PlainTLSServer(identity: identities.server, sendsParameters: true)
        pair.stepClient([])
        pair.stepClient(plain.answer(to: pair.client.takeOutput()))
        try #require(pair.isClientComplete)
        #expect(pair.client.peerTransportParameters == [])
        pair.stepClient(plain.answer(to: pair.client.takeOutput()))
        #expect(pair.clientFailure == nil)
        return (pair, plain)
    }

    @Test func `application data inside TLS is refused`() throws {
        let (pair, plain) = try completed()
        pair.stepClient(plain.applicationData([1, 2, 3]))
        #expect(pair.clientFailure?.kind == .protocolError)
        #expect(pair.clientFailure?.alert == 10)
        #expect(pair.clientFailure?.isFromPeer == false)
    }

    @Test func `a peer that closes TLS ends the session`() throws {
        let (pair, plain) = try completed()
        pair.stepClient(plain.closeNotify())
        #expect(pair.clientFailure?.kind == .protocolError)
        #expect(pair.clientFailure?.alert == 0)
        #expect(pair.clientFailure?.isFromPeer == true)
    }

    @Test func `garbage after the handshake ends the session`() throws {
        let (pair, _) = try completed()
        pair.stepClient([23, 3, 3, 0, 20] + [UInt8](repeating: 1, count: 20))
        #expect(pair.clientFailure?.alert == 20)
    }

    @Test func `every truncated ClientHello waits for more`() throws {
        let hello = try clientHello()
        for count in 0..<hello.count {
            let pair = try answer(to: [UInt8](hello.prefix(count)))
            #expect(pair.serverFailure == nil)
            #expect(!pair.server.canExport)
            #expect(pair.server.takeOutput().isEmpty)
        }
    }

    // The first five bytes are the record header, whose version TLS 1.3 ignores.
    @Test func `a changed bit of the ClientHello never completes a handshake`() throws {
        let count = try clientHello().count
        var random = RandomBitGenerator(
            seed: try #require(Secret([UInt8](repeating: 1, count: 32))))
        for index in 5..<count {
            let pair = try HandshakePair(client: client, server: server)
            pair.stepClient([])
            var hello = pair.client.takeOutput()
            hello[index] ^= 1 << UInt8(random.next(upperBound: 8))
            pair.stepServer(hello)
            pair.stepClient(pair.server.takeOutput())
            #expect(!pair.isClientComplete, "byte \(index)")
        }
    }

    @Test func `a changed bit of the server's flight is always noticed`() throws {
        let reference = try HandshakePair(client: client, server: server)
        reference.run()
        let count = reference.serverFlights[0].count - 4
        for index in stride(from: 0, to: count, by: 3) {
            let pair = try HandshakePair(client: client, server: server)
            pair.stepClient([])
            pair.stepServer(pair.client.takeOutput())
            var flight = pair.server.takeOutput()
            flight[index] ^= 1 << UInt8(index % 8)
            pair.stepClient(flight)
            #expect(!pair.isClientComplete, "byte \(index)")
        }
    }

    @Test func `a changed bit of the client's Finished is always noticed`() throws {
        for index in 0..<74 {
            let pair = try HandshakePair(client: client, server: server)
            pair.stepClient([])
            pair.stepServer(pair.client.takeOutput())
            pair.stepClient(pair.server.takeOutput())
            var finished = pair.client.takeOutput()
            try #require(finished.count == 74)
            finished[index] ^= 0x10
            pair.stepServer(finished)
            #expect(!pair.isServerComplete, "byte \(index)")
        }
    }

    @Test func `garbage ends a session and nothing more comes of it`() throws {
        var random = RandomBitGenerator(
            seed: try #require(Secret([UInt8](repeating: 2, count: 32))))
        for _ in 0..<200 {
            let garbage = random.bytes(Int(random.next(upperBound: 400)) + 16)
            let pair = try answer(to: garbage)
            #expect(!pair.isServerComplete && !pair.server.canExport)
            pair.stepClient(garbage)
            #expect(!pair.isClientComplete)
        }
    }

    @Test func `a failure is final`() throws {
        let pair = try answer(to: [UInt8](repeating: 0x41, count: 64))
        let failure = try #require(pair.serverFailure)
        _ = pair.server.takeOutput()
        pair.stepServer(try clientHello())
        #expect(pair.serverFailure == failure)
        #expect(pair.server.takeOutput().isEmpty)
    }
}
