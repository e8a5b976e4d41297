internal import Glibc
internal import Synchronization
internal import SystemPackage

/// What was said, in a file that outlives the server: the messages as they went on the wire.
///
/// A file that ends inside a message, as after a crash, is cut there.
final class ChatHistoryFile: Sendable {
    private struct Target {
        var descriptor: FileDescriptor
        /// Where the last whole message ends.
        var length: Int
        /// Beyond so many bytes the file is written anew.
        var limit = ChatConstants.historyFileByteCount
    }

    private static let runType: UInt8 = 255

    /// Names the numbering of the messages: the same for as long as the file lives.
    let run: UInt64
    private let path: String
    private let events: [ChatEvent]
    private let target: Mutex<Target>

    init(path: String) throws {
        self.path = path
        let descriptor = try Self.open(path)
        do {
            let length: Int
            (run, events, length) = try Self.load(descriptor, path)
            target = Mutex(Target(descriptor: descriptor, length: length))
        } catch {
            try? descriptor.close()
            throw error
        }
    }

    deinit { target.withLock { try? $0.descriptor.close() } }

    private static func open(_ path: String) throws -> FileDescriptor {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                path, .readWrite, options: [.create, .append, .closeOnExec],
                permissions: [.ownerReadWrite])
        } catch {
            throw FileFailure.cannotWrite(path: path, error as? Errno ?? .ioError)
        }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try? descriptor.close()
            throw ChatFailure.unusableFile(path: path, reason: "another server uses it")
        }
        return descriptor
    }

    private static func load(
        _ descriptor: FileDescriptor, _ path: String
    ) throws -> (UInt64, [ChatEvent], Int) {
        var splitter = MessageSplitter(maximumBodyByteCount: ChatConstants.maximumBodyByteCount)
        var run: UInt64?
        var events: [ChatEvent] = []
        var good = 0
        do {
            while true {
                let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                    count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                guard !chunk.isEmpty else { break }
                splitter.append(chunk)
                while let message = try splitter.next() {
                    good += Message.headerByteCount + message.body.count
                    if run == nil {
                        var fields = FieldReader(message.body)
                        guard message.type == runType, let number = fields.readUInt64() else {
                            throw MessageError.malformed(type: message.type)
                        }
                        run = number
                    } else {
                        events.append(try ChatEvent(message))
                    }
                }
                if events.count > 8 * ChatConstants.maximumHistoryCount {
                    events.removeFirst(events.count - 4 * ChatConstants.maximumHistoryCount)
                }
            }
        } catch is MessageError {
            throw ChatFailure.unusableFile(path: path, reason: "it is no history of a chat")
        } catch {
            throw FileFailure.cannotRead(path: path, error as? Errno ?? .ioError)
        }
        _ = ftruncate(descriptor.rawValue, off_t(good))
        if let run { return (run, events, good) }
        let fresh = UInt64.random(in: 1 ... .max)
        let head = head(fresh)
        do {
            _ = try descriptor.writeAll(head)
        } catch {
            throw FileFailure.cannotWrite(path: path, error as? Errno ?? .ioError)
        }
        return (fresh, [], head.count)
    }

    private static func head(_ run: UInt64) -> [UInt8] {
        var fields = FieldWriter()
        fields.write(run)
        return Message(type: runType, body: fields.bytes).encoded
    }

    /// Gives the messages of earlier runs back.
    func restore(into state: inout ChatState) throws {
        for event in events { state.restore(event) }
    }

    /// Puts a message behind the others; where that fails nothing of it stays.
    func append(_ event: ChatEvent) throws(FileFailure) {
        let bytes = event.message.encoded
        let failure: Errno? = target.withLock { target in
            do {
                _ = try target.descriptor.writeAll(bytes)
                target.length += bytes.count
                return nil
            } catch {
                _ = ftruncate(target.descriptor.rawValue, off_t(target.length))
                return error as? Errno ?? .ioError
            }
        }
        if let failure { throw .cannotWrite(path: path, failure) }
    }

    /// Whether most of the file is messages that are no longer told.
    var isExcessive: Bool { target.withLock { $0.length > $0.limit } }

    /// Replaces the file by one with these messages; whatever happens, one of the two is there.
    func rewrite(_ events: [ChatEvent]) throws(FileFailure) {
        let bytes = events.reduce(into: Self.head(run)) { $0 += $1.message.encoded }
        let limit = max(
            ChatConstants.historyFileByteCount, ChatConstants.historyFileExcess * bytes.count)
        let temporary = "\(path).\(getpid())"
        do {
            let descriptor = try Self.open(temporary)
            do {
                _ = try descriptor.writeAll(bytes)
                guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
                try SmallFile.rename(temporary, to: path)
            } catch {
                try? descriptor.close()
                throw error
            }
            target.withLock { target in
                try? target.descriptor.close()
                target = Target(descriptor: descriptor, length: bytes.count, limit: limit)
            }
        } catch {
            SmallFile.remove(temporary)
            // The next attempt is worth it only when the file has grown much more.
            target.withLock { $0.limit = 2 * $0.length }
            throw error as? FileFailure
                ?? .cannotWrite(path: temporary, error as? Errno ?? .ioError)
        }
    }

    func sync() {
        _ = target.withLock { fsync($0.descriptor.rawValue) }
    }
}
