import Testing

@testable import SUDPServices

struct MessageSplitterTests {
    private let messages = [
        Message(type: 0, body: []), Message(type: 7, body: [1, 2, 3]),
        Message(type: 255, body: Array(repeating: 9, count: 100)),
    ]

    @Test(arguments: [1, 2, 5, 64, 1000])
    func `messages come out whole however the stream is cut`(pieceByteCount: Int) throws {
        let stream = messages.flatMap(\.encoded)
        var splitter = MessageSplitter(maximumBodyByteCount: 100)
        var received: [Message] = []
        for start in stride(from: 0, to: stream.count, by: pieceByteCount) {
            splitter.append(stream[start..<min(start + pieceByteCount, stream.count)])
            while let message = try splitter.next() { received.append(message) }
        }
        #expect(received == messages)
        #expect(splitter.isAtBoundary)
    }

    @Test
    func `a stream that ends inside a message is not at a boundary`() throws {
        var splitter = MessageSplitter(maximumBodyByteCount: 100)
        splitter.append(messages[1].encoded.dropLast())
        #expect(try splitter.next() == nil)
        #expect(!splitter.isAtBoundary)
    }

    @Test(arguments: [0, 102, UInt32.max])
    func `a length that the protocol does not allow is an error`(length: UInt32) {
        var header = FieldWriter()
        header.write(length)
        var splitter = MessageSplitter(maximumBodyByteCount: 100)
        splitter.append(header.bytes)
        #expect(throws: MessageError.length(length)) { try splitter.next() }
    }

    @Test
    func `fields are read as they were written`() {
        var writer = FieldWriter()
        writer.write(UInt8(1))
        writer.write(UInt64.max - 1)
        writer.writeText("grüß")
        writer.writeBytes([0xff])
        var reader = FieldReader(writer.bytes)
        #expect(reader.readUInt8() == 1)
        #expect(reader.readUInt64() == UInt64.max - 1)
        #expect(reader.readText(atMost: 6) == "grüß")
        var other = reader
        #expect(other.readText(atMost: 9) == nil, "0xff is no UTF-8")
        #expect(reader.readBytes(atMost: 1) == [0xff])
        #expect(reader.isAtEnd)
        #expect(reader.readUInt8() == nil)
        #expect(reader.readUInt32() == nil)
    }
}
