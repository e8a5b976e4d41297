import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct SendStreamTests {
    private func packet(_ piece: SendStream.Piece) -> SentPacket {
        var packet = SentPacket()
        packet.streamOffset = piece.offset
        packet.streamLength = UInt16(piece.length)
        packet.isFinal = piece.isFinal
        return packet
    }

    private func piece(of stream: inout SendStream, room: Int) throws -> SendStream.Piece {
        let piece = stream.nextPiece(room: room)
        return try #require(piece)
    }

    private func raise(_ stream: inout SendStream, to credit: UInt64) -> Bool {
        stream.raiseCredit(to: credit)
    }

    private func stream(_ byteCount: Int, credit: UInt64 = 1 << 40) -> SendStream {
        var stream = SendStream()
        stream.write(ByteBlock([UInt8](repeating: 1, count: byteCount)))
        _ = stream.raiseCredit(to: credit)
        return stream
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `every byte arrives whatever is lost, and in the end all is acknowledged`(
        _ seed: UInt64
    ) {
        var random = SeededRandom(seed: seed)
        let pattern = BytePattern(seed: seed)
        let total = random.below(40_000)
        var stream = SendStream()
        var received = [UInt8?](repeating: nil, count: Int(total))
        var finalSize: UInt64?
        var flying: [SentPacket] = []
        var steps = 0
        while !stream.isFullyAcked, steps < 20_000 {
            steps += 1
            switch random.below(6) {
            case 0: write(upTo: total, pattern, &stream, &random)
            case 1: _ = stream.raiseCredit(to: stream.credit + random.below(3000))
            case 2, 3:
                guard let piece = stream.nextPiece(room: Int(random.below(1200))) else { continue }
                #expect(piece.offset + UInt64(piece.length) <= stream.credit)
                var bytes = [UInt8](repeating: 0, count: piece.length)
                bytes.withUnsafeMutableBytes { stream.copy(piece, to: $0) }
                flying.append(packet(piece))
                guard random.chance(0.7) else { continue }
                for (index, byte) in bytes.enumerated() {
                    received[Int(piece.offset) + index] = byte
                }
                if piece.isFinal { finalSize = piece.offset + UInt64(piece.length) }
                flying[flying.count - 1].state = .acknowledged
            default:
                guard !flying.isEmpty else { continue }
                let packet = flying.remove(at: Int(random.below(UInt64(flying.count))))
                let isSpurious = random.chance(0.2)
                if packet.state != .acknowledged || isSpurious { stream.onLost(packet) }
                if packet.state == .acknowledged { stream.onAcked(packet) }
            }
        }
        #expect(stream.isFullyAcked)
        #expect(finalSize == total)
        var expected = [UInt8](repeating: 0, count: Int(total))
        expected.withUnsafeMutableBytes { pattern.fill($0, from: 0) }
        #expect(received == expected)
        #expect(!stream.hasPiece)
        #expect(stream.bufferedByteCount == 0)
    }

    private func write(
        upTo total: UInt64, _ pattern: BytePattern, _ stream: inout SendStream,
        _ random: inout SeededRandom
    ) {
        let count = min(total - stream.writtenOffset, random.below(6000))
        if count > 0 {
            let block = ByteBlock(capacity: Int(count))
            block.append { buffer in
                pattern.fill(buffer, from: stream.writtenOffset)
                return buffer.count
            }
            stream.write(block)
        }
        if stream.writtenOffset == total { stream.finish() }
    }

    @Test func `lost bytes go before new ones`() throws {
        var stream = stream(3000)
        let first = try piece(of: &stream, room: 1000)
        _ = stream.nextPiece(room: 1000)
        let sentOffset = stream.sentOffset
        stream.onLost(packet(first))
        let again = try piece(of: &stream, room: 1000)
        #expect(again == first)
        #expect(stream.retransmittedByteCount == UInt64(first.length))
        #expect(stream.nextPiece(room: 1000)?.offset == sentOffset)
    }

    @Test func `the end travels with the last byte, or alone when it comes later`() throws {
        var together = stream(10)
        together.finish()
        #expect(
            together.nextPiece(room: 100) == SendStream.Piece(offset: 0, length: 10, isFinal: true))
        #expect(!together.hasPiece)
        var alone = stream(10)
        #expect(alone.nextPiece(room: 100)?.isFinal == false)
        alone.finish()
        #expect(
            alone.nextPiece(room: 100) == SendStream.Piece(offset: 10, length: 0, isFinal: true))
        #expect(!alone.hasPiece)
    }

    @Test func `a lost end goes again until it is acknowledged`() throws {
        var stream = stream(0)
        stream.finish()
        let end = try piece(of: &stream, room: 100)
        stream.onLost(packet(end))
        #expect(stream.nextPiece(room: 100) == end)
        stream.onAcked(packet(end))
        #expect(stream.isFullyAcked)
        stream.onLost(packet(end))
        #expect(!stream.hasPiece)
    }

    @Test func `without credit nothing new goes, but the end of nothing does`() {
        var stream = stream(10, credit: 0)
        #expect(stream.isFlowControlBlocked)
        #expect(stream.nextPiece(room: 100) == nil)
        stream.noteBlocked()
        #expect(stream.isBlockedPending)
        stream.onControlSent(.dataBlocked)
        stream.noteBlocked()
        #expect(!stream.isBlockedPending)
        _ = raise(&stream, to: 4)
        _ = raise(&stream, to: 3)
        #expect(stream.credit == 4)
        #expect(stream.nextPiece(room: 100)?.length == 4)
        stream.noteBlocked()
        #expect(stream.isBlockedPending)
        var empty = self.stream(0, credit: 0)
        empty.finish()
        #expect(empty.nextPiece(room: 100)?.isFinal == true)
    }

    @Test func `a limit is useful when it rises by a datagram`() {
        var stream = SendStream()
        #expect(raise(&stream, to: 1200))
        #expect(!raise(&stream, to: 1200))
        #expect(!raise(&stream, to: 2399))
        #expect(stream.credit == 2399)
        #expect(raise(&stream, to: 3599))
        #expect(!raise(&stream, to: 2))
        #expect(stream.credit == 3599)
    }

    @Test func `a window that opens by slivers is used by the datagram`() throws {
        var stream = stream(100_000, credit: 10_000)
        var pieces: [SendStream.Piece] = []
        while let piece = stream.nextPiece(room: 1180) { pieces.append(piece) }
        #expect(pieces.allSatisfy { $0.length > 1100 })
        for credit in 10_001...20_000 as ClosedRange<UInt64> {
            _ = raise(&stream, to: credit)
            #expect(!stream.isFlowControlBlocked || stream.sendableByteCount == 0)
            while let piece = stream.nextPiece(room: 1180) { pieces.append(piece) }
        }
        #expect(pieces.allSatisfy { $0.length > 1100 })
        #expect(stream.sentOffset > 18_000)
    }

    @Test func `a sliver of window is used by the rest of the data, or with nothing in flight`()
        throws
    {
        var rest = stream(2000, credit: 1500)
        let first = try piece(of: &rest, room: 1180)
        #expect(!rest.hasPiece)
        #expect(rest.nextPiece(room: 1180) == nil)
        _ = raise(&rest, to: 2000)
        #expect(rest.nextPiece(room: 1180)?.length == 2000 - first.length)
        var idle = stream(5000, credit: 1500)
        let only = try piece(of: &idle, room: 1180)
        #expect(!idle.hasPiece)
        idle.onAcked(packet(only))
        #expect(idle.nextPiece(room: 1180)?.length == 1500 - only.length)
    }

    @Test func `half of a small window is worth a packet`() throws {
        var stream = stream(50_000, credit: 800)
        let first = try piece(of: &stream, room: 1180)
        #expect(first.length == 800)
        stream.onAcked(packet(first))
        _ = raise(&stream, to: 1100)
        #expect(stream.nextPiece(room: 1180)?.length == 300)
        _ = raise(&stream, to: 1499)
        #expect(!stream.hasPiece)
        _ = raise(&stream, to: 1500)
        #expect(stream.nextPiece(room: 1180)?.length == 400)
    }

    @Test(arguments: 0..<16)
    func `a room too small for a frame gives no piece or one that fits`(_ room: Int) {
        var stream = stream(5000)
        stream.finish()
        guard let piece = stream.nextPiece(room: room) else { return }
        let overhead = ByteWriter.dataFrameOverhead(offset: piece.offset, length: piece.length)
        #expect(piece.length + overhead <= room)
        #expect(piece.length > 0)
    }

    @Test func `after a reset nothing of the stream goes any more`() throws {
        var stream = stream(5000)
        let piece = try piece(of: &stream, room: 1000)
        stream.reset(code: 9)
        #expect(stream.ending == .reset(code: 9))
        #expect(stream.finalSize == UInt64(piece.length))
        stream.onLost(packet(piece))
        stream.onAcked(packet(piece))
        #expect(!stream.hasPiece)
        #expect(stream.isResetPending)
        stream.onControlSent(.reset)
        #expect(!stream.isResetPending)
        stream.onControlLost(.reset)
        #expect(stream.isResetPending)
        stream.write(ByteBlock([1]))
        stream.finish()
        stream.reset(code: 10)
        #expect(stream.ending == .reset(code: 9))
        #expect(stream.bufferedByteCount == 0)
    }

    @Test func `what was acknowledged in full cannot be reset`() throws {
        var stream = stream(3)
        stream.finish()
        let piece = try piece(of: &stream, room: 100)
        stream.onAcked(packet(piece))
        stream.reset(code: 1)
        #expect(!stream.isReset)
        #expect(!stream.isResetPending)
    }

    @Test func `for a peer that has forgotten all, all goes again`() throws {
        var stream = stream(3000)
        stream.finish()
        let pieces = try (0..<4).map { _ in try piece(of: &stream, room: 1000) }
        for piece in pieces.dropFirst() { stream.onAcked(packet(piece)) }
        #expect(pieces.last?.isFinal == true)
        stream.rewind()
        #expect(stream.credit == 0)
        _ = stream.raiseCredit(to: 1 << 40)
        let again = try (0..<4).map { _ in try piece(of: &stream, room: 1000) }
        #expect(again == pieces)
        for piece in again { stream.onLost(packet(piece)) }
        let lost = try (0..<4).map { _ in try piece(of: &stream, room: 1000) }
        #expect(lost.reduce(0) { $0 + $1.length } == 3000)
        for piece in lost { stream.onAcked(packet(piece)) }
        #expect(stream.isFullyAcked)
        var reset = self.stream(10)
        reset.reset(code: 1)
        reset.onControlSent(.reset)
        reset.rewind()
        #expect(reset.isResetPending)
    }

    @Test func `after the end nothing can be written`() {
        var stream = stream(3)
        stream.finish()
        stream.write(ByteBlock([1, 2]))
        #expect(stream.finalSize == 3)
    }
}
