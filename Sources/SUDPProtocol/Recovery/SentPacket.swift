/// What is remembered of a sent packet until it is acknowledged or given up.
struct SentPacket {
    enum State: UInt8 {
        case outstanding
        case acknowledged
        case lost
        /// Never sent: whoever acknowledges it did not see what it acknowledges.
        case skipped
    }

    var state: State = .outstanding
    var isAckEliciting = false
    var isFinal = false
    var keyGeneration: UInt8 = 0
    var control: ControlFrames = []
    var byteCount: UInt16 = 0
    var streamLength: UInt16 = 0
    var cryptoLength: UInt16 = 0
    var cryptoOffset: UInt32 = 0
    var streamOffset: UInt64 = 0
    var sentTime = Instant(nanoseconds: 0)
    /// The number of its snapshot in `DeliveryRate`; 0 when it has none.
    var snapshot: UInt64 = 0
    /// One more than the largest packet number acknowledged in it; 0 when it has no ACK frame.
    var ackedBelow: UInt64 = 0

    var carriesStream: Bool { streamLength > 0 || isFinal }
    var streamRange: Range<UInt64> { streamOffset..<(streamOffset + UInt64(streamLength)) }
    var cryptoRange: Range<UInt64> {
        UInt64(cryptoOffset)..<(UInt64(cryptoOffset) + UInt64(cryptoLength))
    }
}
