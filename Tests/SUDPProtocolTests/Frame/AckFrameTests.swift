import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct AckFrameTests {
    private static let largest: UInt64 = 1 << 62 - 1

    private func integers(_ values: [UInt64]) -> [UInt8] {
        ByteWriter.bytes(capacity: 8 * values.count) { writer in
            for value in values { writer.writeVariableLengthInteger(value) }
        }
    }

    private func parse(_ bytes: [UInt8], hasECN: Bool = false) -> [ClosedRange<UInt64>]? {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            return AckFrame(&reader, hasECN: hasECN)?.ranges
        }
    }

    @Test func `ranges are read from the highest down`() {
        // 100…90, then a gap of 89…85, then 84…80 (RFC 9000 §19.3.1).
        #expect(parse(integers([100, 7, 1, 10, 4, 4])) == [90...100, 80...84])
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `what the writer makes is what was received`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var received = DisjointRanges()
        for _ in 0..<random.below(200) {
            let low = random.below(1 << (4 + random.below(50)))
            received.insert(low..<(low + 1 + random.below(20)))
        }
        let delay = TimeSpan(nanoseconds: random.below(1 << 40))
        let bytes = ByteWriter.bytes(capacity: 1200) {
            $0.writeAck(received, above: 0, delay: delay, ecn: ECNCounts())
        }
        guard !received.isEmpty else {
            #expect(bytes.isEmpty)
            return
        }
        let newest = received.ranges.suffix(Limits.ackRangesKept).reversed()
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            guard case .ack(let frame)? = Frame.decode(&reader) else {
                Issue.record("the frame is not read back")
                return
            }
            #expect(reader.isAtEnd)
            #expect(frame.ranges == newest.map { $0.lowerBound...($0.upperBound - 1) })
            #expect(frame.delayMicroseconds == delay.nanoseconds / 1000)
        }
    }

    @Test(arguments: [60, 80, 100, 200, 500])
    func `the writer leaves out what has no room, never half a range`(_ room: Int) {
        var received = DisjointRanges()
        for index in 0..<100 as Range<UInt64> {
            received.insert((index << 55)..<(index << 55 + 1))
        }
        let bytes = ByteWriter.bytes(capacity: room) { writer in
            writer.writeAck(received, above: 0, delay: .zero, ecn: ECNCounts())
            #expect(!writer.overflowed)
        }
        #expect(parse(Array(bytes.dropFirst()))?.first == (99 << 55)...(99 << 55))
    }

    @Test func `the writer repeats nothing below what the peer knows`() {
        var received = DisjointRanges()
        for low in [0, 10, 20, 30] as [UInt64] { received.insert(low..<(low + 5)) }
        let bytes = ByteWriter.bytes(capacity: 200) {
            $0.writeAck(received, above: 15, delay: .zero, ecn: ECNCounts())
        }
        #expect(parse(Array(bytes.dropFirst())) == [30...34, 20...24])
    }

    @Test(
        arguments: [
            [5, 0, 0, 6], [5, 0, 1, 3, 1, 0], [5, 0, 1, 3, 0, 1], [5, 0, 1, 5, 0, 0],
            [0, 0, 1, 0, 0, 0], [largest, 0, 1, 0, largest, 0], [5, 0, 1, 0, 0, largest],
            [5, 0, largest, 0], [5, 0, 256, 0], [largest, largest, 1, largest, 0, 0],
        ] as [[UInt64]])
    func `ranges below zero and huge counts are refused`(_ values: [UInt64]) {
        #expect(parse(integers(values) + [UInt8](repeating: 0, count: 1000)) == nil)
    }

    @Test func `the lowest and highest numbers are ordinary`() {
        #expect(parse(integers([0, 0, 0, 0])) == [0...0])
        #expect(parse(integers([Self.largest, 0, 0, Self.largest])) == [0...Self.largest])
        #expect(parse(integers([5, 0, 1, 3, 0, 0])) == [2...5, 0...0])
    }

    @Test func `so many ranges are accepted and not one more`() {
        let most = Limits.ackRangesAccepted - 1
        for (count, isAccepted) in [(most, true), (most + 1, false)] {
            let values = [10_000, 0, UInt64(count), 0] + [UInt64](repeating: 0, count: 2 * count)
            #expect((parse(integers(values))?.count == count + 1) == isAccepted)
        }
    }

    @Test func `every cut of a frame is refused`() {
        for hasECN in [false, true] {
            let ecn: [UInt64] = hasECN ? [1, 70, 1 << 40] : []
            let bytes = integers([1000, 300, 2, 10, 70, 4, 0, 20_000 - 19_500] + ecn)
            #expect(parse(bytes, hasECN: hasECN) != nil)
            for count in 0..<bytes.count {
                #expect(parse(Array(bytes[..<count]), hasECN: hasECN) == nil)
            }
        }
    }

    @Test func `ECN counts come back`() {
        var counts = ECNCounts()
        for codepoint in [.ect0, .ect0, .ect0, .ect1, .ce, .ce, .notECT] as [ECNCodepoint] {
            counts.count(codepoint)
        }
        var received = DisjointRanges()
        received.insert(0..<3)
        let bytes = ByteWriter.bytes(capacity: 100) {
            $0.writeAck(received, above: 0, delay: .zero, ecn: counts)
        }
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            guard case .ack(let frame)? = Frame.decode(&reader) else {
                Issue.record("the frame is not read back")
                return
            }
            #expect(frame.ecnCounts == counts)
            #expect((counts.ect0, counts.ect1, counts.ce) == (3, 1, 2))
        }
    }
}
