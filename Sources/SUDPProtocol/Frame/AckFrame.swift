/// An acknowledgement as it lies in a packet: the ranges are decoded one by one, highest first.
struct AckFrame {
    /// Microseconds between the arrival of the largest packet and the sending of the frame.
    let delayMicroseconds: UInt64
    let largest: PacketNumber
    let ecnCounts: ECNCounts?
    private let firstLength: UInt64
    private let followingCount: UInt64
    private let encodedRanges: UnsafeRawBufferPointer

    /// Reads and checks a whole frame after its type (RFC 9000 §19.3).
    init?(_ reader: inout ByteReader, hasECN: Bool) {
        guard let largest = reader.readVariableLengthInteger(),
            let delay = reader.readVariableLengthInteger(),
            let count = reader.readVariableLengthInteger(),
            count < UInt64(Limits.ackRangesAccepted),
            let first = reader.readVariableLengthInteger(), first <= largest
        else { return nil }
        var probe = reader
        var low = largest - first
        for _ in 0..<count {
            guard let gap = probe.readVariableLengthInteger(),
                let length = probe.readVariableLengthInteger(), gap <= low, low - gap >= 2,
                length <= low - gap - 2
            else { return nil }
            low = low - gap - 2 - length
        }
        guard let ranges = reader.readSlice(probe.offset - reader.offset) else { return nil }
        (firstLength, followingCount, encodedRanges) = (first, count, ranges)
        self.largest = PacketNumber(largest)
        delayMicroseconds = delay
        guard hasECN else {
            ecnCounts = nil
            return
        }
        guard let counts = ECNCounts(&reader) else { return nil }
        ecnCounts = counts
    }

    /// Calls `body` with each acknowledged range, highest first.
    func forEachRange(_ body: (ClosedRange<UInt64>) -> Void) {
        var reader = ByteReader(encodedRanges)
        var low = largest.value - firstLength
        body(low...largest.value)
        for _ in 0..<followingCount {
            guard let gap = reader.readVariableLengthInteger(),
                let length = reader.readVariableLengthInteger()
            else { return }
            let high = low - gap - 2
            low = high - length
            body(low...high)
        }
    }
}
