import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct ByteWriterTests {
    static let largest: UInt64 = 1 << 62 - 1

    @Test(
        arguments: [
            (0, 1), (63, 1), (64, 2), (16_383, 2), (16_384, 4), (1 << 30 - 1, 4), (1 << 30, 8),
            (largest, 8),
        ] as [(UInt64, Int)])
    func `an integer takes the shortest form and comes back`(_ value: UInt64, _ byteCount: Int) {
        let bytes = ByteWriter.bytes(capacity: 16) { $0.writeVariableLengthInteger(value) }
        #expect(bytes.count == byteCount)
        #expect(ByteWriter.byteCount(of: value) == byteCount)
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            #expect(reader.readVariableLengthInteger() == value)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `random integers come back`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let values = (0..<200).map { _ in random.next() >> (2 + random.below(62)) }
        let bytes = ByteWriter.bytes(capacity: 8 * values.count) { writer in
            for value in values { writer.writeVariableLengthInteger(value) }
        }
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            for value in values { #expect(reader.readVariableLengthInteger() == value) }
            #expect(reader.isAtEnd)
        }
    }

    @Test(arguments: 0...8)
    func `a field that does not fit is refused whole and remembered`(_ room: Int) {
        var isOverflowed: [Bool] = []
        let fields: [(Int, (inout ByteWriter) -> Void)] = [
            (1, { $0.write(UInt8(1)) }), (4, { $0.write(UInt32(1)) }), (8, { $0.write(UInt64(1)) }),
            (8, { $0.writeVariableLengthInteger(Self.largest) }), (3, { $0.write([1, 2, 3]) }),
            (5, { $0.writeZeros(5) }), (7, { $0.write(length: 7) { _ in } }),
            (8, { $0.writeConnectionID(ConnectionID(value: 1)) }),
        ]
        for (byteCount, write) in fields {
            let bytes = ByteWriter.bytes(capacity: room) { writer in
                write(&writer)
                isOverflowed.append(writer.overflowed)
                #expect(writer.room + writer.count == room)
            }
            #expect(bytes.count == (byteCount <= room ? byteCount : 0))
            #expect(isOverflowed.last == (byteCount > room))
        }
    }

    @Test(arguments: 0...20)
    func `a connection ID of any length is written as its bytes`(_ byteCount: Int) throws {
        let bytes = (0..<byteCount).map { UInt8($0) }
        let connectionID = try #require(ConnectionID(bytes))
        #expect(ByteWriter.bytes(capacity: 20) { $0.writeConnectionID(connectionID) } == bytes)
    }
}
