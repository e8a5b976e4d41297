/// The application codes that the transport itself closes connections with.
///
/// They lie above 2^32; applications choose theirs below.
public enum ReservedCode: UInt64, Sendable {
    /// The application let go of the connection without closing it.
    case abandoned = 0x1_0000_0000
    /// The client's application gave up before the connection was its own.
    case cancelled = 0x1_0000_0001
    /// The server has as many connections as it wants.
    case serverFull = 0x1_0000_0002
    /// The server was closed before its application took the connection.
    case listenerClosed = 0x1_0000_0003

    /// The code in words.
    public var reason: String {
        switch self {
        case .abandoned: "the application let go of the connection"
        case .cancelled: "cancelled"
        case .serverFull: "server full"
        case .listenerClosed: "the server is closing"
        }
    }
}
