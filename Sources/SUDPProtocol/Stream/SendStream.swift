/// Our direction of the stream: what was written, sent, acknowledged, and what must go again.
struct SendStream {
    enum Ending: Equatable {
        case open
        case finished
        case reset(code: UInt64)
    }

    /// A piece of the stream to be sent next.
    struct Piece: Equatable {
        var offset: UInt64
        var length: Int
        var isFinal: Bool
    }

    private var buffer = SendBuffer()
    private(set) var sentOffset: UInt64 = 0
    private(set) var ending = Ending.open
    private var lost = DisjointRanges()
    private var acked = DisjointRanges()
    private var isFinalPending = false
    private var isFinalAcked = false
    private(set) var credit: UInt64 = 0
    /// The most that the peer's window ever let be in flight.
    private var largestWindow: UInt64 = 0
    /// What a datagram holds; less is worth waiting for more window.
    var datagramSize = UInt64(Limits.minimumDatagramSize)
    private(set) var retransmittedByteCount: UInt64 = 0
    private var blockedAt: UInt64?
    private(set) var isBlockedPending = false
    private(set) var isResetPending = false

    var bufferedByteCount: Int { buffer.count }
    var writtenOffset: UInt64 { buffer.endOffset }
    var acknowledgedOffset: UInt64 { buffer.firstOffset }
    /// The stream's length, once it is known.
    var finalSize: UInt64? {
        switch ending {
        case .open: nil
        case .finished: writtenOffset
        case .reset: sentOffset
        }
    }
    var isReset: Bool { if case .reset = ending { true } else { false } }
    var isFullyAcked: Bool { isFinalAcked && acknowledgedOffset == writtenOffset }

    var hasLost: Bool { !lost.isEmpty }
    private var usableWindow: UInt64 { credit - min(sentOffset, credit) }
    /// New bytes that may go by the peer's window.
    var sendableByteCount: UInt64 {
        isWindowSilly ? 0 : min(usableWindow, writtenOffset - sentOffset)
    }
    /// Whether the window opened by so little that waiting for more saves packets (RFC 9293
    /// §3.8.6.2.1): less than all there is, a datagram, and half the largest window.
    ///
    /// With nothing in flight there is nothing to wait for.
    var isWindowSilly: Bool {
        usableWindow > 0 && usableWindow < writtenOffset - sentOffset
            && usableWindow < datagramSize && usableWindow < largestWindow / 2
            && sentOffset > acknowledgedOffset
    }
    var isFlowControlBlocked: Bool {
        !isReset && writtenOffset > sentOffset && credit <= sentOffset
    }
    var hasPiece: Bool { !isReset && (hasLost || sendableByteCount > 0 || isFinalPending) }

    mutating func write(_ block: ByteBlock) {
        guard ending == .open, block.count > 0 else { return }
        buffer.append(block)
    }

    mutating func finish() {
        guard ending == .open else { return }
        ending = .finished
        isFinalPending = true
    }

    mutating func reset(code: UInt64) {
        guard !isReset, !isFullyAcked else { return }
        ending = .reset(code: code)
        isResetPending = true
        isFinalPending = false
        lost = DisjointRanges()
        buffer.discard()
    }

    /// False when the peer raised its limit by too little to be of use, or not at all.
    mutating func raiseCredit(to limit: UInt64) -> Bool {
        guard limit > credit else { return false }
        let isUseful = limit - credit >= Limits.maxDataStepMinimum
        credit = limit
        largestWindow = max(largestWindow, limit - min(acknowledgedOffset, limit))
        return isUseful
    }

    /// The next piece of at most `room` bytes of frame: lost bytes first, then new ones.
    mutating func nextPiece(room: Int) -> Piece? {
        guard hasPiece else { return nil }
        if let range = lost.first {
            let length = Self.length(offset: range.lowerBound, room: room)
            guard length > 0, let taken = lost.takeFirst(UInt64(length)) else { return nil }
            retransmittedByteCount += UInt64(taken.count)
            return piece(taken)
        }
        let length = Self.length(offset: sentOffset, room: room)
        let taken = sentOffset..<(sentOffset + min(UInt64(max(0, length)), sendableByteCount))
        let isLast = taken.upperBound == writtenOffset && isFinalPending
        guard !taken.isEmpty || isLast && length >= 0 else { return nil }
        sentOffset = taken.upperBound
        return piece(taken)
    }

    private mutating func piece(_ range: Range<UInt64>) -> Piece {
        let isFinal = ending == .finished && range.upperBound == writtenOffset
        if isFinal { isFinalPending = false }
        return Piece(offset: range.lowerBound, length: range.count, isFinal: isFinal)
    }

    private static func length(offset: UInt64, room: Int) -> Int {
        room - ByteWriter.dataFrameOverhead(offset: offset, length: room)
    }

    mutating func copy(_ piece: Piece, to destination: UnsafeMutableRawBufferPointer) {
        buffer.copy(from: piece.offset, to: destination)
    }

    mutating func onAcked(_ packet: SentPacket) {
        guard packet.carriesStream, !isReset else { return }
        if packet.isFinal { (isFinalAcked, isFinalPending) = (true, false) }
        let range = packet.streamRange
        lost.remove(range)
        if range.lowerBound <= acknowledgedOffset, acked.isEmpty {
            buffer.release(below: range.upperBound)
            return
        }
        acked.insert(range)
        while let first = acked.first, first.lowerBound <= acknowledgedOffset {
            buffer.release(below: first.upperBound)
            acked.removeFirst()
        }
    }

    mutating func onLost(_ packet: SentPacket) {
        guard packet.carriesStream, !isReset else { return }
        if packet.isFinal, !isFinalAcked { isFinalPending = true }
        let range = packet.streamRange
        let low = max(range.lowerBound, acknowledgedOffset)
        guard low < range.upperBound else { return }
        guard !acked.isEmpty else { return lost.insert(low..<range.upperBound) }
        for missing in acked.missing(in: low..<range.upperBound) { lost.insert(missing) }
    }

    /// Notes that the window holds data back; DATA_BLOCKED goes once per limit.
    mutating func noteBlocked() {
        guard isFlowControlBlocked, blockedAt != credit else { return }
        blockedAt = credit
        isBlockedPending = true
    }

    mutating func onControlSent(_ frames: ControlFrames) {
        if frames.contains(.dataBlocked) { isBlockedPending = false }
        if frames.contains(.reset) { isResetPending = false }
    }

    mutating func onControlLost(_ frames: ControlFrames) {
        if frames.contains(.dataBlocked), isFlowControlBlocked { isBlockedPending = true }
        if frames.contains(.reset), isReset { isResetPending = true }
    }

    /// Whoever got what was sent so far has forgotten it: all of it goes again.
    mutating func rewind() {
        guard !isReset else {
            isResetPending = true
            return
        }
        (lost, acked) = (DisjointRanges(), DisjointRanges())
        isFinalAcked = false
        sentOffset = acknowledgedOffset
        isFinalPending = ending == .finished
        credit = 0
    }
}
