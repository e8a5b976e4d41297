/// Every limit of the chat, for both sides.
public enum ChatConstants {
    /// What each side's HELLO says.
    static let protocolName = "sudp chat 1"
    /// The UDP port when none is named.
    public static let defaultPort: UInt16 = 7831
    /// The room that everybody enters first when none is named.
    public static let defaultRoom = "#lobby"

    /// A line has at most so many bytes of UTF-8.
    public static let maximumLineByteCount = 4096
    /// A message of several lines has at most so many bytes.
    public static let maximumTextByteCount = 65_536
    /// A topic, a reason and an away note have at most so many bytes.
    static let maximumNoteByteCount = 512
    /// The message of the day has at most so many bytes.
    static let maximumGreetingByteCount = 4096
    /// So many lines has a message at most.
    static let maximumLineCount = 2500
    /// The body of a message of the protocol.
    static let maximumBodyByteCount = maximumTextByteCount + 1024

    static let maximumNicknameLength = 32
    static let maximumRoomNameLength = 32
    static let maximumRooms = 256
    /// A client remembers at most so many names of a room.
    static let maximumNamesPerRoom = 10_000
    /// A client is in at most so many rooms.
    public static let maximumRoomsPerMember = 16
    // All of these together fit into a file that is read at once.
    static let maximumBans = 512
    static let maximumMutes = 256
    static let maximumReservations = 2048
    /// The reason of a ban has at most so many bytes.
    static let banReasonByteCount = 128
    /// Names that belong to one key.
    static let reservationsPerKey = 8
    static let maximumOperators = 256
    /// Lines of the log per second about clients of one address, and at once.
    static let logRate = 10
    static let logBurst = 1000
    /// So many addresses are told apart.
    static let logHosts = 4096
    /// Requests that are dealt with before others get their turn.
    static let requestsPerTurn = 64
    /// A history file is written anew when it is so many times what is kept, and not before it has
    /// so many bytes.
    static let historyFileExcess = 4
    static let historyFileByteCount = 4 << 20
    /// Names of a room are sent in answers of at most so many.
    static let namesPerEvent = 100

    /// How many messages of a room are kept for newcomers when nobody says otherwise.
    public static let defaultHistoryCount = 50
    /// At most so many are kept, and so many bytes of them.
    public static let maximumHistoryCount = 10_000
    static let maximumHistoryByteCount = 1 << 20
    /// A newcomer is told at most so many bytes of them: they must fit into its queue.
    static let replayByteCount = 256 << 10
    /// What an event takes beside its text, roughly.
    static let eventByteCount = 128

    /// A member whose unsent events exceed this many bytes is dropped.
    ///
    /// With what its connection holds that makes 900 KiB.
    static let queueByteCount = 512 << 10
    /// What waits in a connection's own buffers, in bytes, once before the driver and once in it;
    /// the server's queue comes before them.
    public static let sendBufferByteCount = 64 << 10
    /// The receive window of a chat connection, in bytes.
    public static let receiveWindowByteCount: UInt64 = 256 << 10
    /// Events of one write to a connection, in bytes.
    static let writeByteCount = 16 << 10

    /// Requests per second in the long run, and at once.
    static let requestRate = 10
    static let requestBurst = 60
    /// Bytes of text per second in the long run, and at once.
    static let byteRate = 16 << 10
    static let byteBurst = 160 << 10
    /// Lines of text per second in the long run, and at once.
    static let lineRate = 100
    static let lineBurst = 5000
    /// How long somebody is muted who goes beyond.
    static let floodMuteMilliseconds: UInt64 = 5000
    /// Somebody who is refused so many requests in a row is dropped.
    static let refusalsBeforeDrop = 20_000

    /// How many members a server takes when nobody says otherwise.
    public static let defaultMemberCount = 500
    /// A client has to say who it is within this time.
    static let loginSeconds = 10
    /// How long a leaving side waits for the other to have everything.
    static let leaveMilliseconds = 700
    /// How long somebody who has to go may take what waits for it.
    static let farewellSeconds = 5
}
