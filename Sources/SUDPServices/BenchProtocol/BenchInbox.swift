internal import SUDPTransport

/// The messages of a benchmark that come over a connection, one after the other.
struct BenchInbox {
    private let connection: Connection
    private var splitter = MessageSplitter(
        maximumBodyByteCount: BenchConstants.maximumBodyByteCount)

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Whether more came than was taken.
    var hasMore: Bool { !splitter.isAtBoundary }

    /// The next message; nil at the end of the peer's stream.
    mutating func next() async throws -> BenchMessage? {
        while true {
            if let message = try splitter.next() { return try BenchMessage(message) }
            guard let block = try await connection.read() else {
                guard splitter.isAtBoundary else { throw MessageError.truncated }
                return nil
            }
            splitter.append(block)
        }
    }
}

extension Connection {
    /// Sends a message of a benchmark.
    func write(_ message: BenchMessage) async throws(TransportError) {
        try await write(message.message.encoded)
    }
}
