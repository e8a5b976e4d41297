internal import SUDPTransport

/// Writes messages to a connection, small ones together.
final class MessageWriter {
    private let connection: any BlockingStream
    private let byteCount: Int
    private let limit: RateLimit?
    private var bytes: [UInt8] = []

    /// Collects about so many bytes before it writes them.
    init(_ connection: any BlockingStream, collecting byteCount: Int, limit: RateLimit? = nil) {
        self.connection = connection
        self.byteCount = byteCount
        self.limit = limit
    }

    /// Queues a message.
    func write(_ message: Message) throws(TransportError) {
        bytes += message.encoded
        if bytes.count >= byteCount { try flush() }
    }

    /// Queues the bytes of a block that is small, or writes it behind those that wait.
    func write(_ block: ByteBlock) throws(TransportError) {
        if block.count < byteCount / 2 {
            block.withUnsafeBytes { bytes += $0 }
            if bytes.count >= byteCount { try flush() }
        } else {
            try flush()
            try send(block)
        }
    }

    /// Writes what waits.
    func flush() throws(TransportError) {
        guard !bytes.isEmpty else { return }
        let block = ByteBlock(bytes)
        bytes.removeAll(keepingCapacity: true)
        try send(block)
    }

    private func send(_ block: ByteBlock) throws(TransportError) {
        guard let limit else { return try connection.blockingWrite(block) }
        while block.count > 0 {
            let piece = block.withUnsafeBytes { ByteBlock($0.prefix(limit.pieceByteCount)) }
            block.removeFirst(piece.count)
            limit.pass(piece.count)
            try connection.blockingWrite(piece)
        }
    }
}
