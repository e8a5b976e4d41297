@testable import SUDPProtocol

/// The payload of an ACK frame, after its type, as RFC 9000 §19.3 lays it out; highest range first.
func encodedAck(
    _ ranges: [ClosedRange<UInt64>], delayMicroseconds: UInt64 = 0
) -> [UInt8] {
    ByteWriter.bytes(capacity: 64 + 16 * ranges.count) { writer in
        guard let first = ranges.first else { return }
        writer.writeVariableLengthInteger(first.upperBound)
        writer.writeVariableLengthInteger(delayMicroseconds)
        writer.writeVariableLengthInteger(UInt64(ranges.count - 1))
        writer.writeVariableLengthInteger(first.upperBound - first.lowerBound)
        var low = first.lowerBound
        for range in ranges.dropFirst() {
            writer.writeVariableLengthInteger(low - range.upperBound - 2)
            writer.writeVariableLengthInteger(range.upperBound - range.lowerBound)
            low = range.lowerBound
        }
    }
}

/// Calls `body` with an ACK frame of these ranges; nil when it is refused.
func withAckFrame<Result>(
    _ ranges: [ClosedRange<UInt64>], delayMicroseconds: UInt64 = 0,
    _ body: (AckFrame) throws -> Result
) rethrows -> Result? {
    try encodedAck(ranges, delayMicroseconds: delayMicroseconds).withUnsafeBytes { buffer in
        var reader = ByteReader(buffer)
        return try AckFrame(&reader, hasECN: false).map(body)
    }
}

extension AckFrame {
    /// The acknowledged ranges, highest first.
    var ranges: [ClosedRange<UInt64>] {
        var ranges: [ClosedRange<UInt64>] = []
        forEachRange { ranges.append($0) }
        return ranges
    }
}
