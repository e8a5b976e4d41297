/// What the server has to do after an input, in this order.
enum ChatEffect: Equatable, Sendable {
    /// Every one of them gets the same bytes.
    case send(ChatEvent, to: [ChatMember.ID])
    /// The connection ends once everything before this is delivered.
    case dismiss(ChatMember.ID, ChatCode, reason: String)
    /// A message becomes part of the history file.
    case keep(ChatEvent)
    case log(ChatRecord)
    /// Bans or reservations changed.
    case saveRules
}

/// The codes with which a chat ends a connection.
enum ChatCode: UInt64, Sendable {
    /// It did not take its events.
    case tooSlow = 32
    /// It broke the protocol.
    case malformed = 33
    /// It may not come in.
    case notAdmitted = 34
    /// It said nothing for too long before its login.
    case silent = 35
    /// An operator or the flood limit threw it out.
    case thrownOut = 36
    /// The server ends.
    case serverEnds = 37
    /// The client left.
    case left = 0
}

/// One line of the server's log.
public struct ChatRecord: Equatable, Sendable {
    /// Milliseconds since 1970.
    public var time: UInt64
    /// What happened, in a word.
    public var event: String
    /// Where it happened.
    public var room = ""
    /// Who did it.
    public var nick = ""
    /// To whom, or the new name.
    public var other = ""
    /// What was said, or why.
    public var text = ""
    /// Where `nick` comes from.
    public var address = ""
    /// The number of a message.
    public var number: UInt64 = 0

    /// Whether it repeats what was said in a room.
    public var isTalk: Bool { event == "message" || event == "action" }
}
