/// What the server tells a client; all have the same fields, and use what they need.
public struct ChatEvent: Equatable, Sendable {
    /// What happened; the number is the message's type on the wire.
    public enum Kind: UInt8, CaseIterable, Sendable {
        /// The login is done: `nick` is the own one, `number` the run, `text` the greeting.
        case welcome = 64
        /// The own entry into a room: `number` is that of its last message, `text` its topic.
        case room = 65
        case message = 66
        case action = 67
        case direct = 68
        case joined = 69
        case left = 70
        /// `nick` is now called `other`.
        case renamed = 71
        case away = 72
        case back = 73
        case topic = 74
        case names = 75
        case whois = 76
        case rooms = 77
        /// `nick` threw `other` out; `text` is the reason.
        case kicked = 78
        /// Something that concerns this client alone.
        case notice = 79
        /// The request with this tag was done; `number` is that of its message.
        case done = 80
        /// The request with this tag was refused; `number` is its kind, `text` the reason.
        case refused = 81
        /// So many messages of the room are no longer kept: `number`.
        case gap = 82
        /// The server ends.
        case closing = 83
        /// The end of a room's replay.
        case replayed = 84
    }

    /// What else there is to say of an event.
    public struct Flags: OptionSet, Equatable, Sendable {
        /// One bit for each flag.
        public let rawValue: UInt8

        /// Makes flags of bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// A certificate proves who `nick` is.
        public static let proven = Flags(rawValue: 1)
        /// It happened before this client came.
        public static let replay = Flags(rawValue: 2)
        /// `nick` is an operator.
        public static let isOperator = Flags(rawValue: 4)
    }

    /// What happened.
    public var kind: Kind
    /// The tag of the request that this answers, 0 for all others.
    public var tag: UInt32 = 0
    /// The message's number in its room, or what the kind of event says.
    public var number: UInt64 = 0
    /// Milliseconds since 1970 by the server's clock.
    public var time: UInt64 = 0
    /// What else there is to say.
    public var flags: Flags = []
    /// Where it happened.
    public var room = ""
    /// Who did it.
    public var nick = ""
    /// To whom, or the new name.
    public var other = ""
    /// What was said, or why.
    public var text = ""

    /// What the refused request was, in a word.
    public var refusedRequest: String? {
        guard kind == .refused, let type = UInt8(exactly: number) else { return nil }
        return ChatRequest.Kind(rawValue: type).map { "\($0)" }
    }

    var message: Message {
        var fields = FieldWriter()
        fields.write(tag)
        fields.write(number)
        fields.write(time)
        fields.write(flags.rawValue)
        fields.writeText(room)
        fields.writeText(nick)
        fields.writeText(other)
        fields.write(raw: text.utf8)
        return Message(type: kind.rawValue, body: fields.bytes)
    }
}

extension ChatEvent {
    /// Reads an event; throws for any other message.
    init(_ message: Message) throws(MessageError) {
        var fields = FieldReader(message.body)
        guard let kind = Kind(rawValue: message.type), let tag = fields.readUInt32(),
            let number = fields.readUInt64(), let time = fields.readUInt64(),
            let flags = fields.readUInt8(),
            let room = fields.readText(atMost: ChatConstants.maximumNoteByteCount),
            let nick = fields.readText(atMost: ChatConstants.maximumNoteByteCount),
            let other = fields.readText(atMost: ChatConstants.maximumNoteByteCount),
            let text = fields.readRest()
        else { throw .malformed(type: message.type) }
        self.init(
            kind: kind, tag: tag, number: number, time: time, flags: Flags(rawValue: flags),
            room: room, nick: nick, other: other, text: text)
    }
}

/// Each side's first message: the name and version of what it speaks.
enum ChatHello {
    static let type: UInt8 = 0

    static var message: Message {
        var fields = FieldWriter()
        fields.writeText(ChatConstants.protocolName)
        return Message(type: type, body: fields.bytes)
    }

    /// What the peer speaks instead of this; nil when it is this.
    static func mismatch(_ message: Message) -> String? {
        var fields = FieldReader(message.body)
        guard message.type == type, let name = fields.readText(atMost: 64),
            fields.isAtEnd
        else {
            return "something else"
        }
        return name == ChatConstants.protocolName ? nil : TerminalText.escaped(name)
    }
}
