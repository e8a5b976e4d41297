import Testing

@testable import SUDPProtocol

/// Stream offsets have 62 bits; nothing happens at 31, 32 or 53.
@Suite struct StreamOffsetTests {
    private static let edges: [UInt64] = [1 << 31, 1 << 32, 1 << 53, 1 << 61]

    @Test(arguments: edges)
    func `a frame carries its offset exactly`(edge: UInt64) {
        for offset in (edge - 3)...(edge + 3) {
            let bytes = ByteWriter.bytes(capacity: 64) { writer in
                writer.writeFrame(.stream, offset)
                writer.writeVariableLengthInteger(2)
                writer.write([0xa, 0xb])
            }
            bytes.withUnsafeBytes { bytes in
                var reader = ByteReader(bytes)
                guard case .stream(offset, let data, false)? = Frame.decode(&reader) else {
                    Issue.record("offset \(offset) was not read")
                    return
                }
                #expect(Array(data) == [0xa, 0xb])
                #expect(reader.isAtEnd)
            }
            #expect(bytes.count == ByteWriter.dataFrameOverhead(offset: offset, length: 2) + 2)
        }
    }

    @Test func `a stream end beyond 62 bits is refused`() {
        let bytes = ByteWriter.bytes(capacity: 64) { writer in
            writer.writeFrame(.stream, (1 << 62) - 1)
            writer.writeVariableLengthInteger(1)
            writer.write([0xa])
        }
        bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            #expect(Frame.decode(&reader) == nil)
        }
    }

    @Test(arguments: edges)
    func `ranges across an edge join`(edge: UInt64) {
        var ranges = DisjointRanges()
        ranges.insert(edge..<(edge + 10))
        ranges.insert((edge - 10)..<edge)

        #expect(ranges.ranges == [(edge - 10)..<(edge + 10)])
        #expect(ranges.contains(edge - 1) && ranges.contains(edge))
    }

    @Test func `reassembly goes on past four gibibytes`() {
        var buffer = ReassemblyBuffer()
        let piece = [UInt8](repeating: 0x11, count: 1 << 20)
        let end: UInt64 = 1 << 32 + 1 << 21
        var read: UInt64 = 0
        while read < end {
            let isTaken = piece.withUnsafeBytes { buffer.insert(offset: read, $0) }
            #expect(isTaken)
            while let block = buffer.read() { read += UInt64(block.count) }
            guard read == buffer.readOffset, read % (1 << 20) == 0 else { break }
        }

        #expect(read == end)
        let tail: [UInt8] = [1, 2, 3]
        _ = tail.withUnsafeBytes {
            buffer.insert(offset: end + 1, UnsafeRawBufferPointer(rebasing: $0[1...]))
        }
        #expect(buffer.read() == nil)
        _ = tail.withUnsafeBytes { buffer.insert(offset: end, $0) }
        #expect(buffer.read()?.bytes == [1, 2, 3])
    }
}
