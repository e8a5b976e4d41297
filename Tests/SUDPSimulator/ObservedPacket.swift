/// A DATA packet of plaintext mode as an observer on the path reads it.
///
/// Decodes by the specification, not by the core's code, so that each checks the other.
package struct ObservedPacket: Sendable {
    /// The packet number as far as it is on the wire: its low 32 bits.
    package let number: UInt64
    package private(set) var frames: [ObservedFrame] = []

    /// Reads a whole datagram; nil when it is no DATA packet or a frame is malformed.
    package init?(_ datagram: [UInt8]) {
        let headerByteCount = 13
        let checksumByteCount = 4
        guard datagram.count > headerByteCount + checksumByteCount, datagram[0] & 0xc0 == 0x40
        else { return nil }
        number = datagram[9..<headerByteCount].reduce(0) { $0 << 8 | UInt64($1) }
        var rest = datagram[headerByteCount..<(datagram.count - checksumByteCount)]
        while !rest.isEmpty {
            guard let frame = Self.takeFrame(&rest) else { return nil }
            frames.append(frame)
        }
    }

    /// The stream bytes that the packet carries.
    package var streamRange: Range<UInt64>? {
        for case .stream(let range, _) in frames { return range }
        return nil
    }

    package var isFinal: Bool {
        frames.contains { if case .stream(_, true) = $0 { true } else { false } }
    }

    /// The ranges that the packet acknowledges, highest first.
    package var ackRanges: [ClosedRange<UInt64>]? {
        for case .ack(let ranges, _) in frames { return ranges }
        return nil
    }

    package var isAckEliciting: Bool {
        frames.contains { frame in
            switch frame {
            case .padding, .ack, .close: false
            default: true
            }
        }
    }

    package func contains(_ frame: ObservedFrame) -> Bool { frames.contains(frame) }

    private static func takeFrame(_ rest: inout ArraySlice<UInt8>) -> ObservedFrame? {
        guard let type = takeInteger(&rest) else { return nil }
        switch type {
        case 0x00:
            rest = rest.drop { $0 == 0 }
            return .padding
        case 0x01: return .ping
        case 0x02, 0x03: return takeAck(&rest, hasECN: type == 0x03)
        case 0x04: return takePair(&rest).map { .reset(code: $0, finalSize: $1) }
        case 0x05: return takeInteger(&rest).map { .stop(code: $0) }
        case 0x08, 0x09: return takeStream(&rest, isFinal: type == 0x09)
        case 0x10: return takeInteger(&rest).map { .maxData($0) }
        case 0x14: return takeInteger(&rest).map { .dataBlocked($0) }
        case 0x1e: return .handshakeDone
        case 0x20: return takeInteger(&rest).map { .consumed(finalSize: $0) }
        default: return takeOther(type, &rest)
        }
    }

    private static func takeOther(
        _ type: UInt64, _ rest: inout ArraySlice<UInt8>
    ) -> ObservedFrame? {
        switch type {
        case 0x06:
            guard takeInteger(&rest) != nil, takeBytes(&rest) else { return nil }
        case 0x07, 0x21:
            guard takeBytes(&rest) else { return nil }
        case 0x18:
            guard takePair(&rest) != nil, takeOctets(1 + 8 + 16, &rest) else { return nil }
        case 0x19:
            guard takeInteger(&rest) != nil else { return nil }
        case 0x1a, 0x1b:
            guard takeOctets(8, &rest) else { return nil }
        case 0x1c, 0x1d, 0x1f:
            guard let code = takeInteger(&rest), takeBytes(&rest) else { return nil }
            return .close(code: code)
        default: return nil
        }
        return .other(type)
    }

    private static func takeStream(
        _ rest: inout ArraySlice<UInt8>, isFinal: Bool
    ) -> ObservedFrame? {
        guard let offset = takeInteger(&rest), let length = takeInteger(&rest),
            takeOctets(Int(length), &rest)
        else { return nil }
        return .stream(offset..<(offset + length), isFinal: isFinal)
    }

    private static func takeAck(
        _ rest: inout ArraySlice<UInt8>, hasECN: Bool
    ) -> ObservedFrame? {
        guard let largest = takeInteger(&rest), let delay = takeInteger(&rest),
            let count = takeInteger(&rest), let first = takeInteger(&rest)
        else { return nil }
        var ranges = [(largest - first)...largest]
        var low = largest - first
        for _ in 0..<count {
            guard let (gap, length) = takePair(&rest) else { return nil }
            let high = low - gap - 2
            low = high - length
            ranges.append(low...high)
        }
        for _ in 0..<(hasECN ? 3 : 0) where takeInteger(&rest) == nil { return nil }
        return .ack(ranges, delayMicroseconds: delay)
    }

    private static func takePair(_ rest: inout ArraySlice<UInt8>) -> (UInt64, UInt64)? {
        guard let first = takeInteger(&rest), let second = takeInteger(&rest) else { return nil }
        return (first, second)
    }

    private static func takeBytes(_ rest: inout ArraySlice<UInt8>) -> Bool {
        takeInteger(&rest).map { takeOctets(Int($0), &rest) } ?? false
    }

    private static func takeOctets(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.count >= count else { return false }
        rest = rest.dropFirst(count)
        return true
    }

    /// RFC 9000 §16.
    private static func takeInteger(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard let first = rest.first else { return nil }
        let count = 1 << Int(first >> 6)
        guard rest.count >= count else { return nil }
        let value = rest.prefix(count).dropFirst().reduce(UInt64(first & 0x3f)) {
            $0 << 8 | UInt64($1)
        }
        rest = rest.dropFirst(count)
        return value
    }
}
