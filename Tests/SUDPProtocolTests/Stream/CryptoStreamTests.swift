import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct CryptoStreamTests {
    private func receive(
        _ bytes: [UInt8], at offset: UInt64, into stream: inout CryptoStream
    ) -> [UInt8]? {
        bytes.withUnsafeBytes { stream.receive(offset: offset, $0) }
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `what is written on one side is received on the other in spite of losses`(
        _ seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed)
        var sender = CryptoStream()
        var receiver = CryptoStream()
        var written: [UInt8] = []
        var received: [UInt8] = []
        var flying: [(range: Range<UInt64>, arrives: Bool)] = []
        for step in 0..<4000 where step < 100 || !sender.isAcked {
            switch random.below(4) {
            case 0:
                guard step < 100 else { continue }
                let bytes = random.bytes(Int(random.below(200)))
                sender.write(bytes)
                written += bytes
            case 1:
                guard let piece = sender.nextPiece(room: Int(random.below(150))) else { continue }
                let range = piece.offset..<(piece.offset + UInt64(piece.bytes.count))
                let arrives = random.chance(0.7)
                flying.append((range, arrives))
                guard arrives else { continue }
                received += try #require(
                    receive(Array(piece.bytes), at: piece.offset, into: &receiver))
            default:
                guard !flying.isEmpty else { continue }
                let (range, arrives) = flying.remove(at: Int(random.below(UInt64(flying.count))))
                if arrives { sender.onAcked(range) } else { sender.onLost(range) }
            }
        }
        #expect(sender.isAcked)
        #expect(!sender.hasPiece)
        #expect(received == written)
    }

    @Test func `a frame fits into its room`() throws {
        for room in 0..<80 {
            var stream = CryptoStream()
            stream.write([UInt8](repeating: 1, count: 1000))
            guard let piece = stream.nextPiece(room: room) else {
                #expect(room < 5)
                continue
            }
            let frame = ByteWriter.bytes(capacity: 100) {
                $0.writeCrypto(offset: piece.offset, piece.bytes)
            }
            #expect(frame.count <= room)
        }
    }

    @Test func `doubled and overlapping bytes are received once`() {
        var stream = CryptoStream()
        #expect(receive([3, 4], at: 2, into: &stream)?.isEmpty == true)
        #expect(receive([1, 2, 9], at: 0, into: &stream) == [1, 2, 3, 4])
        #expect(receive([1, 2, 3, 4, 5], at: 0, into: &stream) == [5])
        #expect(receive([], at: 3, into: &stream)?.isEmpty == true)
    }

    @Test func `there is a limit in bytes and in holes`() {
        let limit = Limits.cryptoBytesMaximum
        var long = CryptoStream()
        #expect(receive([1], at: limit - 1, into: &long) != nil)
        #expect(receive([1], at: limit, into: &long) == nil)
        #expect(receive([1], at: 1 << 62 - 2, into: &long) == nil)
        var torn = CryptoStream()
        for index in 0..<UInt64(Limits.reassemblyGaps) {
            #expect(receive([1], at: 2 * index + 1, into: &torn) != nil)
        }
        #expect(receive([1], at: 60_000, into: &torn) == nil)
    }
}
