/// The handshake bytes of one packet number space, both directions.
struct CryptoStream {
    private var outgoing: [UInt8] = []
    private var sentOffset: UInt64 = 0
    private var lost = DisjointRanges()
    private var acked = DisjointRanges()
    private var incoming: [UInt8] = []
    private var incomingOffset: UInt64 = 0
    private var received = DisjointRanges()

    var hasPiece: Bool { !lost.isEmpty || sentOffset < UInt64(outgoing.count) }
    /// Everything written so far was acknowledged.
    var isAcked: Bool {
        outgoing.isEmpty || acked.first == 0..<UInt64(outgoing.count)
    }
    var hasSent: Bool { sentOffset > 0 }

    mutating func write(_ bytes: [UInt8]) {
        outgoing += bytes
    }

    /// The next bytes that fit into a frame of `room` bytes.
    mutating func nextPiece(room: Int) -> (offset: UInt64, bytes: ArraySlice<UInt8>)? {
        let offset = lost.first?.lowerBound ?? sentOffset
        let length = room - ByteWriter.dataFrameOverhead(offset: offset, length: room)
        guard length > 0, hasPiece else { return nil }
        let range: Range<UInt64>
        if let taken = lost.takeFirst(UInt64(length)) {
            range = taken
        } else {
            range = sentOffset..<min(sentOffset + UInt64(length), UInt64(outgoing.count))
            sentOffset = range.upperBound
        }
        return (range.lowerBound, outgoing[Int(range.lowerBound)..<Int(range.upperBound)])
    }

    mutating func onAcked(_ range: Range<UInt64>) {
        acked.insert(range)
        lost.remove(range)
    }

    mutating func onLost(_ range: Range<UInt64>) {
        for missing in acked.missing(in: range) { lost.insert(missing) }
    }

    /// Sends everything that was not acknowledged again.
    mutating func resend() {
        onLost(0..<sentOffset)
    }

    /// The bytes that are now in order; nil when there are more than the limit allows.
    mutating func receive(offset: UInt64, _ data: UnsafeRawBufferPointer) -> [UInt8]? {
        let end = offset + UInt64(data.count)
        guard end <= Limits.cryptoBytesMaximum, received.count < Limits.reassemblyGaps else {
            return nil
        }
        if incoming.count < Int(end) {
            incoming += [UInt8](repeating: 0, count: Int(end) - incoming.count)
        }
        for range in received.missing(in: offset..<end) {
            let start = Int(range.lowerBound - offset)
            incoming.replaceSubrange(
                Int(range.lowerBound)..<Int(range.upperBound),
                with: data[start..<(start + range.count)])
        }
        received.insert(offset..<end)
        guard let first = received.first, first.lowerBound == 0,
            first.upperBound > incomingOffset
        else { return [] }
        defer { incomingOffset = first.upperBound }
        return Array(incoming[Int(incomingOffset)..<Int(first.upperBound)])
    }
}
