/// The messages of the file protocol, but for content, which `ContentBlock` frames.
///
/// The page sudp-files(7) has their layout.
enum FileMessage: Equatable, Sendable {
    case hello(
        protocolName: String, isDryRun: Bool, isSeveral: Bool = false, takesText: Bool = false)
    case plan(files: UInt64, bytes: UInt64, storage: UInt64)
    case directory(id: UInt32, path: String)
    case directoryEnd(id: UInt32, FileAttributes)
    case link(id: UInt32, path: String, target: String)
    case file(FileAnnouncement)
    case start(id: UInt32, chunk: UInt64)
    case hole(id: UInt32, chunks: UInt64)
    case end(id: UInt32, size: UInt64, digest: [UInt8])
    case abandoned(id: UInt32, FileStatus, reason: String)
    case done
    case text(id: UInt32, String)
    case have(id: UInt32, digests: [[UInt8]])
    case offer(id: UInt32, chunks: UInt64)
    case result(id: UInt32, FileStatus, size: UInt64, digest: [UInt8], note: String)
    case refusal(FileStatus, reason: String)

    /// The numbers of the types.
    enum Kind: UInt8 {
        case hello = 0
        case plan = 1
        case directory = 2
        case directoryEnd = 3
        case link = 4
        case file = 5
        case start = 6
        case content = 7
        case hole = 8
        case end = 9
        case abandoned = 10
        case done = 11
        case text = 12
        case have = 32
        case offer = 33
        case result = 34
        case refusal = 35
    }

    /// The message as it goes on the stream.
    var message: Message {
        var fields = FieldWriter()
        let kind = write(to: &fields)
        return Message(type: kind.rawValue, body: fields.bytes)
    }

    private func write(to fields: inout FieldWriter) -> Kind {
        switch self {
        case .hello(let name, let isDryRun, let isSeveral, let takesText):
            fields.writeText(name)
            fields.write(UInt8((isDryRun ? 1 : 0) | (isSeveral ? 2 : 0) | (takesText ? 4 : 0)))
            return .hello
        case .plan(let files, let bytes, let storage):
            for number in [files, bytes, storage] { fields.write(number) }
            return .plan
        case .directory(let id, let path):
            fields.write(id)
            fields.writeText(path)
            return .directory
        case .directoryEnd(let id, let attributes):
            fields.write(id)
            attributes.write(to: &fields)
            return .directoryEnd
        case .link(let id, let path, let target):
            fields.write(id)
            fields.writeText(path)
            fields.writeText(target)
            return .link
        case .file(let file):
            file.write(to: &fields)
            return .file
        case .start(let id, let chunk):
            fields.write(id)
            fields.write(chunk)
            return .start
        default: return writeRest(to: &fields)
        }
    }

    private func writeRest(to fields: inout FieldWriter) -> Kind {
        switch self {
        case .hole(let id, let chunks):
            fields.write(id)
            fields.write(chunks)
            return .hole
        case .end(let id, let size, let digest):
            fields.write(id)
            fields.write(size)
            fields.write(raw: digest)
            return .end
        case .abandoned(let id, let status, let reason):
            fields.write(id)
            fields.write(status.rawValue)
            fields.writeReason(reason)
            return .abandoned
        case .text(let id, let text):
            fields.write(id)
            fields.writeText(text)
            return .text
        case .have(let id, let digests):
            fields.write(id)
            for digest in digests { fields.write(raw: digest) }
            return .have
        case .offer(let id, let chunks):
            fields.write(id)
            fields.write(chunks)
            return .offer
        case .result(let id, let status, let size, let digest, let note):
            fields.write(id)
            fields.write(status.rawValue)
            fields.write(size)
            fields.write(raw: digest)
            fields.writeReason(note)
            return .result
        case .refusal(let status, let reason):
            fields.write(status.rawValue)
            fields.writeReason(reason)
            return .refusal
        default: return .done
        }
    }
}

extension FieldWriter {
    /// A reason behind its count, cut where it is too long.
    mutating func writeReason(_ text: String) {
        var text = text
        while text.utf8.count > FileLimits.reasonByteCount { text.removeLast() }
        writeText(text)
    }
}

extension FileAttributes {
    func write(to fields: inout FieldWriter) {
        fields.write(permissions)
        fields.write(UInt64(bitPattern: time.seconds))
        fields.write(time.nanoseconds)
    }
}

extension FileAnnouncement {
    func write(to fields: inout FieldWriter) {
        fields.write(id)
        fields.write(UInt8((awaitsOffer ? 1 : 0) | (isSparse ? 2 : 0)))
        fields.write(size)
        attributes.write(to: &fields)
        fields.writeText(path)
    }
}
