/// A file that its sender is about to send.
struct FileAnnouncement: Hashable, Sendable {
    /// The size of a stream whose end is not known.
    static let unknownSize = UInt64.max

    let id: UInt32
    let path: String
    let size: UInt64
    let attributes: FileAttributes
    /// Whether the sender waits for an offer before it sends content.
    let awaitsOffer: Bool
    /// Whether blocks of zeros may become holes.
    let isSparse: Bool

    var hasKnownSize: Bool { size != Self.unknownSize }
}
