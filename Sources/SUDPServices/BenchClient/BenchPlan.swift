public import SUDPTransport

/// What a benchmark measures.
public struct BenchPlan: Sendable {
    /// Which way load flows, one measurement after the other.
    public var directions: [BenchDirection] = [.download, .upload]
    /// How long each of them is measured, after its warm-up.
    public var duration = Duration.seconds(10)
    /// The bytes after which a measurement ends in place of the time, all connections together.
    public var byteCount: UInt64?
    /// How many connections share the load.
    public var flows = 1
    /// The bytes per second of all connections together; nil for as many as possible.
    public var bytesPerSecond: UInt64?
    /// How much at the beginning of each measurement does not count.
    public var warmUp = Duration.zero
    /// The bytes that are written at once.
    public var blockByteCount = BenchConstants.defaultBlockByteCount
    /// How long the intervals are that are told of.
    public var interval = Duration.seconds(1)
    /// How often everything is measured.
    public var repeats = 1
    /// What is compared; each is measured in turn.
    public var variants: [BenchVariant] = [BenchVariant(name: "sudp", way: .sudp)]
    /// Whether handshakes are counted in place of bytes.
    public var countsHandshakes = false
    /// The requests and answers that are counted in place of bytes; nil for bytes.
    public var transaction: BenchTransaction?
    /// A file that is uploaded in place of memory; the measurement ends with it.
    public var file: String?
    /// A new file that a download is written into.
    public var sink: String?

    /// Makes the default plan.
    public init() {}

    /// Whether a measurement ends by the clock, not with its bytes.
    var endsByTime: Bool { byteCount == nil && file == nil }

    /// Whether everything is measured more than once, one visit to the server after the other.
    var comparesVisits: Bool { repeats > 1 || variants.count > 1 }

    /// How long one client's visit at the server takes, at least.
    var visitTime: Duration {
        if transaction != nil { return duration + warmUp }
        if countsHandshakes { return duration * BenchHandshakes.Kind.allCases.count }
        let load = endsByTime ? (duration + warmUp) * directions.count : .zero
        return load + (idleTime ?? .zero)
    }

    /// The bytes that one visit moves, both ways together; nil when only its end tells.
    var visitByteCount: UInt64? {
        byteCount.map { count in
            let product = count.multipliedReportingOverflow(
                by: UInt64(directions.flatMap(\.parts).count))
            return product.overflow ? .max : product.partialValue
        }
    }

    /// How long the idle path is measured; nil when it is not.
    var idleTime: Duration? { min(BenchConstants.idleTime, duration) }
}

/// One of several things that are compared.
public struct BenchVariant: Sendable {
    /// How the load gets to the other side.
    public enum Way: Sendable {
        /// By this transport.
        case sudp
        /// By the kernel's TCP, without encryption.
        case tcp
    }

    /// What it is called.
    public let name: String
    /// How the load gets to the other side.
    public let way: Way
    /// The configuration that is used in place of the target's.
    public let configuration: Configuration?

    /// Names something to compare.
    public init(name: String, way: Way, configuration: Configuration? = nil) {
        (self.name, self.way, self.configuration) = (name, way, configuration)
    }
}

/// The server that a benchmark is made with.
public struct BenchTarget: Sendable {
    /// Its name or address.
    public let host: String
    /// Its UDP port.
    public let port: UInt16
    /// How it is connected to.
    public let configuration: Configuration
    /// How long connecting may take.
    public let connectLimit: Duration
    /// Whether the server is a part of this process.
    public let isThisProcess: Bool
    /// What the server's clients must know; nil when it is not known.
    public let secret: BenchSecret?

    /// Names a server.
    public init(
        host: String, port: UInt16, configuration: Configuration,
        connectLimit: Duration = .seconds(60), isThisProcess: Bool = false,
        secret: BenchSecret? = nil
    ) {
        (self.host, self.port, self.configuration) = (host, port, configuration)
        (self.connectLimit, self.isThisProcess) = (connectLimit, isThisProcess)
        self.secret = secret
    }

    /// Connects by sockets and a thread of its own.
    func connect(_ variant: BenchVariant) async throws -> Connection {
        try await Connection.connect(
            host: host, port: port, configuration: variant.configuration ?? configuration,
            timeout: connectLimit)
    }

    /// Sockets for connections that come and go.
    func connector(
        _ variant: BenchVariant, tickets: TicketStore? = nil, resumesSessions: Bool = true
    ) throws -> Connector {
        var settings = variant.configuration ?? configuration
        settings.tickets = tickets
        settings.resumesSessions = resumesSessions
        return try Connector(configuration: settings)
    }

    /// Whether a variant is encrypted.
    func mode(_ variant: BenchVariant) -> SecurityMode {
        (variant.configuration ?? configuration).mode
    }

    /// How many connections to the server could resume a session.
    func ticketCount(_ tickets: TicketStore) -> Int { tickets.count(host: host, port: port) }

    func connect(_ connector: Connector) async throws -> Connection {
        try await connector.connect(host: host, port: port, timeout: connectLimit)
    }

    /// Connects with a ping as early data, on a visit with this token.
    func connect(_ connector: Connector, asking token: [UInt8]) async throws -> Connection {
        let ping = BenchMessage.ping(BenchPing(number: 0, time: ProcessUsage.clock))
        return try await connector.connect(
            host: host, port: port,
            earlyData: BenchMessage.echo(token: token).message.encoded + ping.message.encoded,
            timeout: connectLimit)
    }
}
