/// What a client shows.
public enum ChatOutput: Equatable, Sendable {
    /// Something that the server told.
    case event(ChatEvent, ChatMark)
    /// Something about this client, in words of this program.
    case info(String)
    /// Something that did not work.
    case complaint(String)
    /// A line that could not be sent goes back to where it was typed.
    case unsent(String)
    case clear
    case bell
    case timeStyle(ChatTimeStyle)
    /// The room that lines go to, the own name, and the names that Tab completes.
    case place(room: String, nick: String, names: [String])
}

/// What an event means for this client.
public struct ChatMark: OptionSet, Equatable, Sendable {
    /// One bit for each mark.
    public let rawValue: UInt8

    /// Makes marks of bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// This client said it.
    public static let own = ChatMark(rawValue: 1)
    /// It has this client's name in it.
    public static let mention = ChatMark(rawValue: 2)
    /// It is of another room than the one that lines go to.
    public static let elsewhere = ChatMark(rawValue: 4)
    /// Somebody comes or goes.
    public static let presence = ChatMark(rawValue: 8)
}
