/// Why nothing more will be read.
enum ReceiveEnd: Hashable, Sendable {
    /// The peer finished its stream and every byte was handed over.
    case finished
    /// The peer gave its stream up.
    case reset(code: UInt64)
    /// The application reads no more.
    case stopped
}
