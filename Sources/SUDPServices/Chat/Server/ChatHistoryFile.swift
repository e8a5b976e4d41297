internal import Glibc
internal import SystemPackage

/// What was said, in a file that outlives the server: the messages as they went on the wire.
///
/// A file that ends inside a message, as after a crash, is cut there.
final class ChatHistoryFile: Sendable {
    private static let runType: UInt8 = 255

    /// Names the numbering of the messages: the same for as long as the file lives.
    let run: UInt64
    private let path: String
    private let descriptor: FileDescriptor
    private let events: [ChatEvent]

    init(path: String) throws {
        self.path = path
        do {
            descriptor = try FileDescriptor.open(
                path, .readWrite, options: [.create, .append, .closeOnExec],
                permissions: [.ownerReadWrite])
        } catch {
            throw FileFailure.cannotWrite(path: path, error as? Errno ?? .ioError)
        }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw ChatFailure.unusableFile(path: path, reason: "another server uses it")
        }
        (run, events) = try Self.load(descriptor, path)
    }

    deinit { try? descriptor.close() }

    private static func load(
        _ descriptor: FileDescriptor, _ path: String
    ) throws -> (UInt64, [ChatEvent]) {
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
        _ = ftruncate(descriptor.rawValue, good)
        if let run { return (run, events) }
        let fresh = UInt64.random(in: 1 ... .max)
        var fields = FieldWriter()
        fields.write(fresh)
        _ = try? descriptor.writeAll(Message(type: runType, body: fields.bytes).encoded)
        return (fresh, [])
    }

    /// Gives the messages of earlier runs back.
    func restore(into state: inout ChatState) throws {
        for event in events { state.restore(event) }
    }

    func append(_ event: ChatEvent) {
        _ = try? descriptor.writeAll(event.message.encoded)
    }

    func sync() {
        fsync(descriptor.rawValue)
    }
}
