internal import SUDPTransport

/// The blocking loop that reads what a sender sends, so that its content keeps coming while what
/// came is hashed and written.
struct ReceivingLoop: Sendable {
    let connection: any BlockingStream
    let queue: ReceivedQueue
    let onBytes: @Sendable () -> Void

    /// Runs until the sender's stream ends or is none of this protocol.
    func run() {
        queue.end(Result { try readAll() })
    }

    private func readAll() throws {
        let reader = MessageReader(
            connection, maximumBodyByteCount: FileLimits.bodyByteCount,
            onBytes: { _ in onBytes() })
        while let header = try reader.nextHeader() {
            if header.type == FileMessage.Kind.content.rawValue {
                queue.put(.chunk(try readChunk(reader, header.bodyByteCount)))
            } else {
                let body = try reader.readBody(header.bodyByteCount)
                queue.put(.message(try FileMessage(Message(type: header.type, body: body))))
            }
        }
    }

    private func readChunk(_ reader: MessageReader, _ bodyByteCount: Int) throws -> ReceivedChunk {
        let byteCount = bodyByteCount - 4 - SHA256.byteCount
        guard (1...FileLimits.chunkByteCount).contains(byteCount) else {
            throw MessageError.malformed(type: FileMessage.Kind.content.rawValue)
        }
        var fields = FieldReader(try reader.readBody(4))
        let bytes = ByteBlock(capacity: byteCount)
        try reader.forEachPiece(of: byteCount) { piece in
            bytes.append { room in
                room.copyMemory(from: piece)
                return piece.count
            }
        }
        return ReceivedChunk(
            id: fields.readUInt32() ?? 0, bytes: bytes,
            digest: try reader.readBody(SHA256.byteCount))
    }
}
