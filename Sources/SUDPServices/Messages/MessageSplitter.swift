internal import SUDPTransport

/// Cuts a stream of bytes into messages; keeps at most one unfinished message.
struct MessageSplitter {
    private let maximumBodyByteCount: Int
    private var bytes: [UInt8] = []
    private var start = 0

    init(maximumBodyByteCount: Int) {
        self.maximumBodyByteCount = maximumBodyByteCount
    }

    /// Whether the stream may end here.
    var isAtBoundary: Bool { start == bytes.count }

    mutating func append(_ block: ByteBlock) {
        block.withUnsafeBytes { append($0) }
    }

    mutating func append(_ more: some Collection<UInt8>) {
        bytes.removeFirst(start)
        start = 0
        bytes += more
    }

    /// The next message; nil when its end has not come yet.
    mutating func next() throws(MessageError) -> Message? {
        var header = FieldReader(bytes[start...])
        guard let length = header.readUInt32() else { return nil }
        guard length >= 1, length - 1 <= UInt32(clamping: maximumBodyByteCount) else {
            throw .length(length)
        }
        guard let type = header.readUInt8(), let body = header.read(Int(length) - 1) else {
            return nil
        }
        start += Message.headerByteCount + body.count
        return Message(type: type, body: Array(body))
    }
}
