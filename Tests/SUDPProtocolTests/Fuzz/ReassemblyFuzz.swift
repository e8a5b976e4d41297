@testable import SUDPProtocol

/// A stream of pieces, reads, resets and stops against an array of bytes.
struct ReassemblyFuzz {
    private static let windowSize: UInt64 = 4096
    private static let now = Instant(nanoseconds: 1_000_000_000)

    private var stream = ReceiveStream(
        window: ReceiveWindow(size: windowSize, maximumSize: windowSize))
    private var model: [UInt8?] = []
    private var highest: UInt64 = 0
    private var finalSize: UInt64?
    private var read: UInt64 = 0
    private var isDropping = false

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        var fuzz = ReassemblyFuzz()
        while !input.isAtEnd {
            if let violation = fuzz.step(&input) { return violation }
        }
        return nil
    }

    private mutating func step(_ input: inout FuzzInput) -> String? {
        switch input.byte() % 16 {
        case 0..<8:
            let offset = input.short() % 6000
            return receive(input.bytes(Int(input.byte())), at: offset, isFinal: false)
        case 8:
            return receive(input.bytes(Int(input.byte())), at: input.number(), isFinal: true)
        case 9:
            return receive(input.bytes(Int(input.short())), at: read, isFinal: false)
        case 10: return reset(finalSize: input.number())
        case 11:
            stream.stop(code: 1)
            isDropping = isDropping || stream.stopCode != nil
        case 12:
            stream.confirmConsumed()
            guard !stream.isConsumed || finalSize == read else { return "consumed too early" }
        default: return readAll()
        }
        return nil
    }

    private mutating func receive(
        _ data: [UInt8], at offset: UInt64, isFinal: Bool
    ) -> String? {
        guard UInt64(data.count) <= Limits.streamOffsetMaximum,
            offset <= Limits.streamOffsetMaximum - UInt64(data.count)
        else { return nil }
        let end = offset + UInt64(data.count)
        let expected = violation(end: end, isFinal: isFinal)
        do {
            let isTaken = try data.withUnsafeBytes {
                try stream.onData(offset: offset, $0, isFinal: isFinal)
            }
            guard expected == nil else { return "no violation for an end at \(end)" }
            note(end: end, isFinal: isFinal)
            if isTaken, !isDropping { write(data, at: offset) }
        } catch {
            guard error as? ReceiveStream.Violation == expected else {
                return "\(error) for an end at \(end)"
            }
        }
        return check()
    }

    private mutating func reset(finalSize size: UInt64) -> String? {
        let expected = violation(end: size, isFinal: true)
        do throws(ReceiveStream.Violation) {
            try stream.onReset(code: 9, finalSize: size)
            guard expected == nil else { return "no violation for a reset at \(size)" }
            note(end: size, isFinal: true)
            isDropping = isDropping || stream.resetCode != nil
        } catch {
            guard error == expected else { return "\(error) for a reset at \(size)" }
        }
        return check()
    }

    private func violation(end: UInt64, isFinal: Bool) -> ReceiveStream.Violation? {
        if let finalSize, end > finalSize || isFinal && end != finalSize {
            return .finalSizeChanged
        }
        if end > stream.windowLimit { return .beyondLimit }
        return isFinal && end < highest ? .finalSizeChanged : nil
    }

    private mutating func note(end: UInt64, isFinal: Bool) {
        highest = max(highest, end)
        if isFinal { finalSize = end }
    }

    private mutating func write(_ data: [UInt8], at offset: UInt64) {
        let end = Int(offset) + data.count
        if model.count < end { model += [UInt8?](repeating: nil, count: end - model.count) }
        for (index, byte) in data.enumerated() where model[Int(offset) + index] == nil {
            model[Int(offset) + index] = byte
        }
    }

    private mutating func readAll() -> String? {
        while let block = stream.read(now: Self.now, smoothedRTT: .milliseconds(1)) {
            guard block.count > 0 else { return "an empty block" }
            for byte in block.bytes {
                guard read < model.count, model[Int(read)] == byte else {
                    return "a wrong byte at \(read)"
                }
                read += 1
            }
        }
        return check()
    }

    private func check() -> String? {
        guard !isDropping else { return nil }
        let readable = model[Int(read)...].firstIndex(of: nil) ?? model.count
        guard stream.inOrderOffset == UInt64(readable) else {
            return "in order to \(stream.inOrderOffset) instead of \(readable)"
        }
        guard stream.readOffset == read, stream.windowLimit >= read,
            stream.windowLimit <= read + Self.windowSize
        else { return "read to \(stream.readOffset), window to \(stream.windowLimit)" }
        return nil
    }
}
