import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct ReceiveStreamTests {
    private static let now = Instant(nanoseconds: 1_000_000_000)

    private func stream(window: UInt64 = 1000) -> ReceiveStream {
        ReceiveStream(window: ReceiveWindow(size: window, maximumSize: window))
    }

    private func receive(
        _ bytes: [UInt8], at offset: UInt64, isFinal: Bool = false, into stream: inout ReceiveStream
    ) throws {
        try bytes.withUnsafeBytes { buffer in
            _ = try stream.onData(offset: offset, buffer, isFinal: isFinal)
        }
    }

    private func isNews(at limit: UInt64, to stream: inout ReceiveStream) -> Bool {
        stream.onPeerBlocked(at: limit)
    }

    private func read(_ stream: inout ReceiveStream) -> [UInt8] {
        var bytes: [UInt8] = []
        while let block = stream.read(now: Self.now, smoothedRTT: .milliseconds(100)) {
            bytes += block.bytes
        }
        return bytes
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `random pieces within the window are read as they were sent`(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let pattern = BytePattern(seed: seed)
        var stream = stream(window: 5000)
        let total = random.below(60_000)
        var bytesRead: UInt64 = 0
        var steps = 0
        while !stream.isAtEnd, steps < 100_000 {
            steps += 1
            let low = bytesRead + random.below(5000)
            guard low <= total, low <= stream.windowLimit else { continue }
            let high = min(low + random.below(1500), total, stream.windowLimit)
            var bytes = [UInt8](repeating: 0, count: Int(high - low))
            bytes.withUnsafeMutableBytes { pattern.fill($0, from: low) }
            try receive(bytes, at: low, isFinal: high == total, into: &stream)
            guard random.chance(0.5) else { continue }
            let block = read(&stream)
            #expect(block.withUnsafeBytes { pattern.mismatch($0, from: bytesRead) } == nil)
            bytesRead += UInt64(block.count)
            #expect(stream.windowLimit >= bytesRead)
        }
        #expect(bytesRead == total)
        stream.confirmConsumed()
        #expect(stream.isConsumed)
        #expect(stream.isConsumedPending)
    }

    @Test(arguments: [(990, 11), (1000, 1), (1 << 62 - 2, 1)] as [(UInt64, Int)])
    func `data beyond the window is a violation`(_ offset: UInt64, _ count: Int) {
        var stream = stream()
        #expect(throws: ReceiveStream.Violation.beyondLimit) {
            try receive([UInt8](repeating: 1, count: count), at: offset, into: &stream)
        }
    }

    @Test func `the window's last byte and an end there are welcome`() throws {
        var stream = stream()
        try receive([1], at: 999, into: &stream)
        try receive([], at: 1000, isFinal: true, into: &stream)
        #expect(stream.finalSize == 1000)
    }

    @Test func `the final size never changes`() throws {
        var stream = stream()
        try receive([1, 2, 3], at: 0, isFinal: true, into: &stream)
        try receive([1, 2, 3], at: 0, isFinal: true, into: &stream)
        try receive([3], at: 2, into: &stream)
        for (offset, count, isFinal) in [
            (UInt64(3), 1, false), (0, 2, true), (4, 0, true), (900, 1, false),
        ] {
            #expect(throws: ReceiveStream.Violation.finalSizeChanged) {
                try receive(
                    [UInt8](repeating: 1, count: count), at: offset, isFinal: isFinal, into: &stream
                )
            }
        }
        #expect(throws: ReceiveStream.Violation.finalSizeChanged) {
            try stream.onReset(code: 1, finalSize: 4)
        }
    }

    @Test func `a stream is untouched until anything of it is known`() throws {
        var stream = stream()
        #expect(stream.isUntouched)
        try receive([], at: 0, into: &stream)
        #expect(stream.isUntouched)
        try receive([1], at: 500, into: &stream)
        #expect(!stream.isUntouched)
        var ended = self.stream()
        try receive([], at: 0, isFinal: true, into: &ended)
        #expect(!ended.isUntouched)
    }

    @Test func `an end below what was received is a violation`() throws {
        var stream = stream()
        try receive([1], at: 500, into: &stream)
        #expect(throws: ReceiveStream.Violation.finalSizeChanged) {
            try receive([], at: 500, isFinal: true, into: &stream)
        }
        #expect(throws: ReceiveStream.Violation.finalSizeChanged) {
            try stream.onReset(code: 1, finalSize: 500)
        }
        try stream.onReset(code: 1, finalSize: 501)
        #expect(stream.resetCode == 1)
    }

    @Test func `a reset drops what was not read and takes the first code`() throws {
        var stream = stream()
        try receive([1, 2, 3], at: 0, into: &stream)
        try stream.onReset(code: 5, finalSize: 10)
        try stream.onReset(code: 6, finalSize: 10)
        #expect(stream.resetCode == 5)
        #expect(read(&stream).isEmpty)
        #expect(throws: ReceiveStream.Violation.beyondLimit) {
            var other = self.stream()
            try other.onReset(code: 5, finalSize: 1001)
        }
    }

    @Test func `data after a stop is dropped, rules still hold`() throws {
        var stream = stream()
        try receive([1, 2], at: 0, into: &stream)
        stream.stop(code: 3)
        stream.stop(code: 4)
        #expect(stream.stopCode == 3)
        #expect(stream.isStopPending)
        try receive([3], at: 2, into: &stream)
        #expect(read(&stream).isEmpty)
        #expect(throws: ReceiveStream.Violation.beyondLimit) {
            try receive([3], at: 1000, into: &stream)
        }
        stream.onControlSent(.stop)
        #expect(!stream.isStopPending)
        stream.onControlLost(.stop)
        #expect(stream.isStopPending)
    }

    @Test func `consumption is confirmed at the end only, and repeated until it is known`() throws {
        var stream = stream()
        try receive([1, 2], at: 0, isFinal: true, into: &stream)
        stream.confirmConsumed()
        #expect(!stream.isConsumed)
        #expect(read(&stream) == [1, 2])
        stream.confirmConsumed()
        #expect(stream.isConsumedPending)
        stream.onControlSent(.consumed)
        #expect(!stream.isConsumedPending)
        stream.onControlLost(.consumed)
        #expect(stream.isConsumedPending)
        stream.onControlAcked(.consumed)
        #expect(stream.isConsumedAcked)
        stream.onControlLost(.consumed)
        #expect(!stream.isConsumedPending)
    }

    @Test func `a peer that is blocked below the limit hears it again`() throws {
        var stream = stream()
        #expect(isNews(at: 1000, to: &stream))
        #expect(!stream.isMaxDataPending)
        #expect(!isNews(at: 1000, to: &stream))
        #expect(!isNews(at: 900, to: &stream))
        #expect(stream.isMaxDataPending)
    }

    @Test func `no window is announced once the end is known`() throws {
        var stream = stream()
        _ = stream.onPeerBlocked(at: 10)
        #expect(stream.isMaxDataPending)
        try receive([], at: 0, isFinal: true, into: &stream)
        #expect(!stream.isMaxDataPending)
    }
}
