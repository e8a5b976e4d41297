/// A frame as an observer of plaintext mode reads it.
package enum ObservedFrame: Hashable, Sendable {
    case padding
    case ping
    /// The acknowledged ranges as they lie in the frame: highest first.
    case ack([ClosedRange<UInt64>], delayMicroseconds: UInt64)
    case reset(code: UInt64, finalSize: UInt64)
    case stop(code: UInt64)
    case stream(Range<UInt64>, isFinal: Bool)
    case maxData(UInt64)
    case dataBlocked(UInt64)
    case close(code: UInt64)
    case handshakeDone
    case consumed(finalSize: UInt64)
    /// A frame that no test looks into, by its type.
    case other(UInt64)
}
