/// Every limit of the benchmark, for both sides.
public enum BenchConstants {
    /// What each side's greeting says.
    static let protocolName = "sudp bench 4"
    /// The UDP port when none is named.
    public static let defaultPort: UInt16 = 7833
    /// How many clients a server serves at once when nobody says otherwise.
    public static let defaultVisitCount = 8
    /// How long a server serves one client when nobody says otherwise.
    public static let defaultVisitLimit = Duration.seconds(3600)
    /// How many connections may carry load for one client.
    public static let maximumFlows = 64
    /// The bytes that are written at once when nobody says otherwise, and at most.
    public static let defaultBlockByteCount = 128 << 10
    /// The most bytes that are written at once.
    public static let maximumBlockByteCount = 1 << 20
    /// The most bytes of a request and of an answer.
    public static let maximumTransactionByteCount = 1 << 20

    /// The token that lets a connection join a visit.
    static let tokenByteCount = 16
    /// No secret is longer, in bytes.
    static let maximumSecretByteCount = 64 << 10
    /// The body of a message.
    static let maximumBodyByteCount = 1024
    /// How long a server waits for the first message of a connection.
    static let requestLimit = Duration.seconds(10)
    /// The connections of one client that answer pings, at once.
    static let maximumEchoes = 4 * maximumFlows + 16
    /// A server remembers what the ended flows of so many groups have moved.
    static let groupsRemembered = 8
    /// Statistics are answered at most once in this time.
    static let statisticsInterval = Duration.milliseconds(20)
    /// The lengths of time between two looks at the counters, between two pings, and between two
    /// connections that are made under load.
    static let sampleInterval = Duration.milliseconds(100)
    static let pingInterval = Duration.milliseconds(10)
    static let probeInterval = Duration.milliseconds(250)
    /// How long the idle path is measured.
    static let idleTime = Duration.seconds(2)
    /// How long a client waits for an answer about the other side at the end of a phase.
    static let answerLimit = Duration.seconds(2)
    /// A download into a file waits for the disk each time that so many bytes were written.
    static let unsyncedByteCount = 32 << 20
    /// A pace leaves off at most this much of what it lost by sleeping too long.
    static let paceAllowance = Duration.milliseconds(20)
    /// A paced flow writes so many pieces a second.
    static let pacePiecesPerSecond = 500.0
    /// No piece is smaller, in bytes: each is a datagram of its own.
    static let smallestPiece = 1200
    /// The longest histogram value, in nanoseconds: longer ones count as this.
    static let longestLatency: UInt64 = 100_000_000_000
    /// Samples that are kept of one phase; beyond that every other one is dropped.
    static let maximumSamples = 36_000
    /// How long a stranger's TCP connection may take to show its token.
    static let tcpTokenLimit = Duration.seconds(5)
    /// How many of those may do so at once; further ones take the place of the oldest.
    static let maximumStrangers = 128
    /// How long a client waits for a TCP connection, and then for the server's answer on it.
    static let tcpConnectLimit = Duration.seconds(10)
}
