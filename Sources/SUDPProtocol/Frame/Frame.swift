/// One frame of a received packet; bytes lie in the packet's buffer and do not outlive it.
enum Frame {
    case padding(Int)
    case ping
    case ack(AckFrame)
    case reset(code: UInt64, finalSize: UInt64)
    case stop(code: UInt64)
    case crypto(offset: UInt64, UnsafeRawBufferPointer)
    case newToken(UnsafeRawBufferPointer)
    case stream(offset: UInt64, UnsafeRawBufferPointer, isFinal: Bool)
    case maxData(UInt64)
    case dataBlocked(limit: UInt64)
    case newConnectionID(NewConnectionIDFrame)
    case retireConnectionID(sequence: UInt64)
    case pathChallenge(UInt64)
    case pathResponse(UInt64)
    case close(CloseCode, reason: UnsafeRawBufferPointer)
    case handshakeDone
    case consumed(finalSize: UInt64)
    case parameters(UnsafeRawBufferPointer)

    // RFC 9002 §2: everything but ACK, PADDING and CLOSE asks for an acknowledgement.
    var isAckEliciting: Bool {
        switch self {
        case .padding, .ack, .close: false
        default: true
        }
    }

    /// Initial packets carry nothing that needs session keys.
    var isAllowedInInitialPackets: Bool {
        switch self {
        case .padding, .ping, .ack, .crypto, .close, .parameters: true
        default: false
        }
    }
}
