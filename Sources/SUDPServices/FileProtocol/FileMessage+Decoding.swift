internal import SUDPTransport

extension FileMessage {
    /// Reads a message; throws when its type or its fields are not of this protocol.
    init(_ message: Message) throws(MessageError) {
        var fields = FieldReader(message.body)
        guard let kind = Kind(rawValue: message.type),
            let decoded = Self.read(kind, &fields) ?? Self.readAnswer(kind, &fields),
            fields.isAtEnd
        else { throw .malformed(type: message.type) }
        self = decoded
    }

    private static func read(_ kind: Kind, _ fields: inout FieldReader) -> FileMessage? {
        switch kind {
        case .hello:
            guard let name = fields.readText(atMost: 64), let options = fields.readUInt8() else {
                return nil
            }
            return .hello(
                protocolName: name, isDryRun: options & 1 != 0, isSeveral: options & 2 != 0,
                takesText: options & 4 != 0)
        case .plan:
            guard let files = fields.readUInt64(), let bytes = fields.readUInt64(),
                let storage = fields.readUInt64()
            else { return nil }
            return .plan(files: files, bytes: bytes, storage: storage)
        case .directory:
            guard let id = fields.readUInt32(), let path = fields.readPath() else { return nil }
            return .directory(id: id, path: path)
        case .directoryEnd:
            guard let id = fields.readUInt32(), let attributes = FileAttributes(&fields) else {
                return nil
            }
            return .directoryEnd(id: id, attributes)
        case .link:
            guard let id = fields.readUInt32(), let path = fields.readPath(),
                let target = fields.readPath()
            else { return nil }
            return .link(id: id, path: path, target: target)
        case .file: return FileAnnouncement(&fields).map { .file($0) }
        case .start: return fields.readPair().map { .start(id: $0, chunk: $1) }
        case .hole: return fields.readPair().map { .hole(id: $0, chunks: $1) }
        case .end:
            guard let (id, size) = fields.readPair(), let digest = fields.read(SHA256.byteCount)
            else { return nil }
            return .end(id: id, size: size, digest: Array(digest))
        case .abandoned:
            guard let id = fields.readUInt32(), let status = fields.readStatus(),
                let reason = fields.readText(atMost: FileLimits.reasonByteCount)
            else { return nil }
            return .abandoned(id: id, status, reason: reason)
        case .done: return .done
        case .text:
            guard let id = fields.readUInt32(),
                let text = fields.readText(atMost: FileLimits.textByteCount)
            else { return nil }
            return .text(id: id, text)
        default: return nil
        }
    }

    private static func readAnswer(_ kind: Kind, _ fields: inout FieldReader) -> FileMessage? {
        switch kind {
        case .have:
            guard let id = fields.readUInt32() else { return nil }
            var digests: [[UInt8]] = []
            while !fields.isAtEnd {
                guard digests.count < FileLimits.digestsPerMessage,
                    let digest = fields.read(SHA256.byteCount)
                else { return nil }
                digests.append(Array(digest))
            }
            return .have(id: id, digests: digests)
        case .offer: return fields.readPair().map { .offer(id: $0, chunks: $1) }
        case .result:
            guard let id = fields.readUInt32(), let status = fields.readStatus(),
                let size = fields.readUInt64(), let digest = fields.read(SHA256.byteCount),
                let note = fields.readText(atMost: FileLimits.reasonByteCount)
            else { return nil }
            return .result(id: id, status, size: size, digest: Array(digest), note: note)
        case .refusal:
            guard let status = fields.readStatus(),
                let reason = fields.readText(atMost: FileLimits.reasonByteCount)
            else { return nil }
            return .refusal(status, reason: reason)
        default: return nil
        }
    }
}

extension FieldReader {
    fileprivate mutating func readPath() -> String? {
        readText(atMost: FileLimits.pathByteCount)
    }

    fileprivate mutating func readStatus() -> FileStatus? {
        readUInt8().flatMap(FileStatus.init)
    }

    fileprivate mutating func readPair() -> (UInt32, UInt64)? {
        guard let id = readUInt32(), let number = readUInt64() else { return nil }
        return (id, number)
    }
}

extension FileAttributes {
    fileprivate init?(_ fields: inout FieldReader) {
        guard let permissions = fields.readUInt16(), let seconds = fields.readUInt64(),
            let nanoseconds = fields.readUInt32()
        else { return nil }
        self.init(
            permissions: permissions,
            time: FileTime(seconds: Int64(bitPattern: seconds), nanoseconds: nanoseconds))
    }
}

extension FileAnnouncement {
    fileprivate init?(_ fields: inout FieldReader) {
        guard let id = fields.readUInt32(), let flags = fields.readUInt8(),
            let size = fields.readUInt64(), let attributes = FileAttributes(&fields),
            let path = fields.readPath()
        else { return nil }
        self.init(
            id: id, path: path, size: size, attributes: attributes, awaitsOffer: flags & 1 != 0,
            isSparse: flags & 2 != 0)
    }
}
