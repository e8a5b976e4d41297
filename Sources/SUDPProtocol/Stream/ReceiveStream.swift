/// The peer's direction of the stream: reassembly, flow control and its end.
struct ReceiveStream {
    enum Violation: Error {
        case beyondLimit
        case finalSizeChanged
    }

    private var buffer = ReassemblyBuffer()
    private(set) var finalSize: UInt64?
    private(set) var resetCode: UInt64?
    private(set) var stopCode: UInt64?
    private(set) var isStopPending = false
    private var highestOffset: UInt64 = 0
    private var blockedAt: UInt64 = 0
    private var window: ReceiveWindow
    private(set) var isConsumed = false
    private(set) var isConsumedPending = false
    private(set) var isConsumedAcked = false

    init(window: ReceiveWindow) {
        self.window = window
    }

    var readOffset: UInt64 { buffer.readOffset }
    var inOrderOffset: UInt64 { buffer.readableEnd }
    /// Whether the peer has said nothing of its stream yet.
    var isUntouched: Bool { highestOffset == 0 && finalSize == nil }
    var isAtEnd: Bool { finalSize == buffer.readOffset }
    var isReadable: Bool { buffer.readableEnd > buffer.readOffset || isAtEnd }
    var windowLimit: UInt64 { window.limit }
    var isMaxDataPending: Bool { window.isUpdatePending && finalSize == nil && stopCode == nil }

    /// Takes data; false when there are too many holes for another one.
    mutating func onData(
        offset: UInt64, _ data: UnsafeRawBufferPointer, isFinal: Bool
    ) throws(Violation) -> Bool {
        let end = offset + UInt64(data.count)
        try check(end: end, isFinal: isFinal)
        guard resetCode == nil, stopCode == nil else { return true }
        guard buffer.insert(offset: offset, data) else { return false }
        window.onReceived(to: end, unread: buffer.readableEnd - buffer.readOffset)
        return true
    }

    private mutating func check(end: UInt64, isFinal: Bool) throws(Violation) {
        if let finalSize, end > finalSize || isFinal && end != finalSize {
            throw .finalSizeChanged
        }
        guard end <= window.limit else { throw .beyondLimit }
        guard !isFinal || end >= highestOffset else { throw .finalSizeChanged }
        highestOffset = max(highestOffset, end)
        if isFinal { finalSize = end }
    }

    mutating func onReset(code: UInt64, finalSize: UInt64) throws(Violation) {
        try check(end: finalSize, isFinal: true)
        guard resetCode == nil, !isConsumed else { return }
        resetCode = code
        buffer.discard()
    }

    mutating func read(now: Instant, smoothedRTT: TimeSpan) -> ByteBlock? {
        guard let block = buffer.read() else { return nil }
        window.onConsumed(to: buffer.readOffset, now: now, smoothedRTT: smoothedRTT)
        return block
    }

    mutating func stop(code: UInt64) {
        guard stopCode == nil, !isConsumed else { return }
        stopCode = code
        isStopPending = resetCode == nil
        buffer.discard()
    }

    mutating func confirmConsumed() {
        guard isAtEnd, !isConsumed else { return }
        isConsumed = true
        isConsumedPending = true
    }

    mutating func onControlSent(_ frames: ControlFrames) {
        if frames.contains(.maxData) { window.onUpdateSent() }
        if frames.contains(.stop) { isStopPending = false }
        if frames.contains(.consumed) { isConsumedPending = false }
    }

    mutating func onControlLost(_ frames: ControlFrames) {
        if frames.contains(.maxData) { window.onUpdateLost() }
        if frames.contains(.stop), resetCode == nil { isStopPending = true }
        if frames.contains(.consumed), !isConsumedAcked { isConsumedPending = true }
    }

    mutating func onControlAcked(_ frames: ControlFrames) {
        guard frames.contains(.consumed) else { return }
        isConsumedAcked = true
        isConsumedPending = false
    }

    /// The peer is held back by our window: tell it the limit again if it moved.
    ///
    /// False when it says so twice of the same limit.
    mutating func onPeerBlocked(at limit: UInt64) -> Bool {
        if limit < window.limit { window.onUpdateLost() }
        defer { blockedAt = max(blockedAt, limit) }
        return limit > blockedAt
    }
}
