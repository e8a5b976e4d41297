internal import SUDPTransport

/// Reads messages of a connection on a thread of its own, large bodies without copying them.
final class MessageReader {
    /// What a message begins with.
    struct Header {
        let type: UInt8
        let bodyByteCount: Int
    }

    private let connection: any BlockingStream
    private let maximumBodyByteCount: Int
    private let onBytes: (Int) -> Void
    private var block: ByteBlock?

    /// Reads from a connection; `onBytes` hears of everything that arrives.
    init(
        _ connection: any BlockingStream, maximumBodyByteCount: Int,
        onBytes: @escaping (Int) -> Void = { _ in }
    ) {
        self.connection = connection
        self.maximumBodyByteCount = maximumBodyByteCount
        self.onBytes = onBytes
    }

    /// The beginning of the next message; nil at the end of the stream between two messages.
    func nextHeader() throws -> Header? {
        guard try fill() != nil else { return nil }
        var fields = FieldReader(try readBody(Message.headerByteCount))
        guard let length = fields.readUInt32(), let type = fields.readUInt8(), length >= 1,
            length - 1 <= UInt32(clamping: maximumBodyByteCount)
        else { throw MessageError.length(0) }
        return Header(type: type, bodyByteCount: Int(length) - 1)
    }

    /// So many bytes of a body.
    func readBody(_ byteCount: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        try forEachPiece(of: byteCount) { bytes += $0 }
        return bytes
    }

    /// Hands out so many bytes of a body as they arrive.
    func forEachPiece(
        of byteCount: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var left = byteCount
        while left > 0 {
            guard let block = try fill() else { throw MessageError.truncated }
            let count = min(left, block.count)
            try block.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            block.removeFirst(count)
            left -= count
        }
    }

    private func fill() throws -> ByteBlock? {
        if let block, block.count > 0 { return block }
        block = try connection.blockingRead()
        onBytes(block?.count ?? 0)
        return block
    }
}
