internal import SUDPTransport

/// What a sender sent, in the order in which it came.
enum ReceivedItem: Sendable {
    case message(FileMessage)
    case chunk(ReceivedChunk)

    /// About the memory that it takes.
    var byteCount: Int {
        switch self {
        case .message: 1024
        case .chunk(let chunk): 256 + chunk.bytes.capacity
        }
    }
}

/// Content as it came; nobody has looked yet whether it is what its digest says.
struct ReceivedChunk: Sendable {
    let id: UInt32
    let bytes: ByteBlock
    let digest: [UInt8]
}
