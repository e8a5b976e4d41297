/// What a client asks of the server; all have the same fields, and use what they need.
struct ChatRequest: Equatable, Sendable {
    /// What is asked; the number is the message's type on the wire.
    enum Kind: UInt8, CaseIterable, Sendable {
        case login = 1
        case join = 2
        case leave = 3
        case say = 4
        case act = 5
        case direct = 6
        case nick = 7
        case away = 8
        case topic = 9
        case names = 10
        case whois = 11
        case rooms = 12
        case kick = 13
        case ban = 14
        case unban = 15
        case mute = 16
        case unmute = 17
        case op = 18
        case deop = 19
        case motd = 20
        case bans = 21
    }

    var kind: Kind
    /// Chosen by the client; the answer repeats it.
    var tag: UInt32 = 0
    /// A message number or a number of seconds.
    var number: UInt64 = 0
    var room = ""
    var name = ""
    var text = ""

    /// Why the server would not understand it; nil when it would.
    var objection: String? {
        let limit = ChatConstants.maximumNoteByteCount
        guard room.utf8.count <= limit, name.utf8.count <= limit else {
            return "a name has at most \(limit) bytes"
        }
        guard text.utf8.count <= ChatConstants.maximumTextByteCount else {
            return "a text has at most \(ChatConstants.maximumTextByteCount) bytes"
        }
        return nil
    }

    var message: Message {
        var fields = FieldWriter()
        fields.write(tag)
        fields.write(number)
        fields.writeText(room)
        fields.writeText(name)
        fields.write(raw: text.utf8)
        return Message(type: kind.rawValue, body: fields.bytes)
    }
}

extension ChatRequest {
    /// Reads a request; throws for any other message.
    init(_ message: Message) throws(MessageError) {
        var fields = FieldReader(message.body)
        guard let kind = Kind(rawValue: message.type), let tag = fields.readUInt32(),
            let number = fields.readUInt64(),
            let room = fields.readText(atMost: ChatConstants.maximumNoteByteCount),
            let name = fields.readText(atMost: ChatConstants.maximumNoteByteCount),
            let text = fields.readRest()
        else { throw .malformed(type: message.type) }
        self.init(kind: kind, tag: tag, number: number, room: room, name: name, text: text)
    }
}

extension FieldReader {
    /// The text up to the end; nil when it is not valid UTF-8.
    mutating func readRest() -> String? {
        var bytes: [UInt8] = []
        while let byte = readUInt8() { bytes.append(byte) }
        return String(validating: bytes, as: UTF8.self)
    }
}
