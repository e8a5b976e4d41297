import SUDPServices
import SUDPTransport
import Synchronization
import Testing

@Suite struct PipeTests {
    /// A pipe at the server's end that sends `text` and collects what arrives.
    private func serve(_ pair: LoopbackPair, sending text: String) -> Task<String, any Error> {
        Task {
            let (input, output) = (DescriptorPair(), DescriptorPair())
            input.write(text)
            input.closeWriteEnd()
            try await Pipe(
                connection: pair.server,
                input: PipeInput(descriptor: input.readEnd, name: "input"),
                output: PipeOutput(
                    descriptor: output.writeEnd, name: "output", closesAtEnd: true)
            ).run()
            return output.readAll()
        }
    }

    @Test func `both streams are delivered before either side ends`() async throws {
        let pair = try await LoopbackPair()
        let server = serve(pair, sending: "from the server")
        let (input, output) = (DescriptorPair(), DescriptorPair())
        input.write("from the client")
        input.closeWriteEnd()
        try await Pipe(
            connection: pair.client, input: PipeInput(descriptor: input.readEnd, name: "input"),
            output: PipeOutput(descriptor: output.writeEnd, name: "output", closesAtEnd: true)
        ).run()
        #expect(output.readAll() == "from the server")
        #expect(try await server.value == "from the client")
    }

    @Test func `delivery is confirmed only after the output took everything`() async throws {
        let pair = try await LoopbackPair()
        let output = DescriptorPair()
        let server = Task {
            try await Pipe(
                connection: pair.server, input: nil,
                output: PipeOutput(
                    descriptor: output.writeEnd, name: "output", closesAtEnd: true)
            ).run()
        }
        let byteCount = 8 << 20
        let pipeByteCount = 1 << 20
        let count = Atomic(0)
        let reader = Task.detached {
            output.readAll { count.add($0, ordering: .sequentiallyConsistent) }
        }
        try await pair.client.write(ByteBlock([UInt8](repeating: 65, count: byteCount)))
        pair.client.finish()
        #expect(try await pair.client.read() == nil)
        pair.client.confirmConsumed()
        try await pair.client.waitUntilSendConfirmed()
        #expect(count.load(ordering: .sequentiallyConsistent) >= byteCount - pipeByteCount - 4096)
        #expect(await reader.value.utf8.count == byteCount)
        try await server.value
    }

    @Test func `a closed output is told to the peer`() async throws {
        let pair = try await LoopbackPair()
        let output = DescriptorPair()
        output.closeReadEnd()
        let server = Task {
            try await Pipe(
                connection: pair.server, input: nil,
                output: PipeOutput(
                    descriptor: output.writeEnd, name: "output", closesAtEnd: true)
            ).run()
        }
        try await pair.client.write(ByteBlock([1, 2, 3]))
        await #expect(throws: PipeFailure.outputClosed) { try await server.value }
        let code = CloseCode.application(ApplicationCode.outputClosed.rawValue)
        #expect(await pair.client.waitUntilClosed() == .closedByPeer(code, reason: ""))
    }

    @Test func `a cancelled pipe tells its peer`() async throws {
        let pair = try await LoopbackPair()
        let (input, output) = (DescriptorPair(), DescriptorPair())
        let server = Task {
            try await Pipe(
                connection: pair.server,
                input: PipeInput(descriptor: input.readEnd, name: "input"),
                output: PipeOutput(
                    descriptor: output.writeEnd, name: "output", closesAtEnd: true)
            ).run()
        }
        server.cancel()
        await #expect(throws: CancellationError.self) { try await server.value }
        let code = CloseCode.application(ApplicationCode.interrupted.rawValue)
        #expect(await pair.client.waitUntilClosed() == .closedByPeer(code, reason: ""))
        input.closeWriteEnd()
    }

    @Test func `a stream that was given up is not complete`() async throws {
        let pair = try await LoopbackPair()
        let server = serve(pair, sending: "")
        try await pair.client.write(ByteBlock([1, 2, 3]))
        pair.client.close(code: 99, reason: "\u{1b}[31mwhy\n")
        do {
            _ = try await server.value
            Issue.record("it ended well")
        } catch let failure as PipeFailure {
            let text = failure.description
            #expect(text.contains(#"peer ended the connection (\x1b[31mwhy\n)"#))
            #expect(text.contains("bytes arrived"))
        }
    }
}
