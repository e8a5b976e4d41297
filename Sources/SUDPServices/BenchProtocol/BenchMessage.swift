/// What the two sides of a benchmark say to each other; sudp-bench(7) has the fields.
enum BenchMessage: Equatable, Sendable {
    /// A client comes: the connection on which it is spoken to.
    case hello(name: String)
    /// A further connection of that client carries load.
    case join(token: [UInt8], BenchFlowRequest)
    /// A further connection of that client wants its pings answered.
    case echo(token: [UInt8])
    case ping(BenchPing)
    /// How are the flows of this group?
    case ask(question: UInt32, group: UInt32)
    /// Open a TCP port for me.
    case tcp
    /// A further connection of that client wants its requests answered.
    case transact(token: [UInt8], BenchTransaction)
    /// This client knows the secret.
    case proof([UInt8])
    case welcome(BenchWelcome)
    case ready
    case pong(BenchPing)
    case statistics(question: UInt32, BenchStatistics)
    case port(UInt16, token: [UInt8])
    /// Prove that you know the secret.
    case challenge([UInt8])

    private enum Kind: UInt8 {
        case hello = 0
        case join, echo, ping, ask, tcp, transact, proof
        case welcome = 16
        case ready, pong, statistics, port, challenge
    }

    private var kind: Kind {
        switch self {
        case .hello: .hello
        case .join: .join
        case .echo: .echo
        case .ping: .ping
        case .ask: .ask
        case .tcp: .tcp
        case .transact: .transact
        case .proof: .proof
        case .welcome: .welcome
        case .ready: .ready
        case .pong: .pong
        case .statistics: .statistics
        case .port: .port
        case .challenge: .challenge
        }
    }

    /// The message in its frame.
    var message: Message {
        var fields = FieldWriter()
        switch self {
        case .hello(let name): fields.writeText(name)
        case .join(let token, let request):
            fields.write(raw: token)
            request.write(to: &fields)
        case .echo(let bytes), .proof(let bytes), .challenge(let bytes):
            fields.write(raw: bytes)
        case .ping(let ping), .pong(let ping): ping.write(to: &fields)
        case .ask(let question, let group):
            fields.write(question)
            fields.write(group)
        case .tcp, .ready: break
        case .transact(let token, let transaction):
            fields.write(raw: token)
            transaction.write(to: &fields)
        case .welcome(let welcome): welcome.write(to: &fields)
        case .statistics(let question, let statistics):
            fields.write(question)
            statistics.write(to: &fields)
        case .port(let port, let token):
            fields.write(port)
            fields.write(raw: token)
        }
        return Message(type: kind.rawValue, body: fields.bytes)
    }

    /// Reads a message; throws `MessageError.malformed` for anything that is none.
    init(_ message: Message) throws(MessageError) {
        var fields = FieldReader(message.body)
        guard let kind = Kind(rawValue: message.type), let read = Self.read(kind, &fields),
            fields.isAtEnd
        else { throw .malformed(type: message.type) }
        self = read
    }

    private static func read(_ kind: Kind, _ fields: inout FieldReader) -> BenchMessage? {
        switch kind {
        case .hello: return fields.readText(atMost: 64).map { .hello(name: $0) }
        case .join:
            guard let token = readToken(&fields) else { return nil }
            return BenchFlowRequest(from: &fields).map { .join(token: token, $0) }
        case .echo: return readToken(&fields).map { .echo(token: $0) }
        case .ping: return BenchPing(from: &fields).map { .ping($0) }
        case .ask:
            guard let question = fields.readUInt32() else { return nil }
            return fields.readUInt32().map { .ask(question: question, group: $0) }
        case .tcp: return .tcp
        case .transact:
            guard let token = readToken(&fields) else { return nil }
            return BenchTransaction(from: &fields).map { .transact(token: token, $0) }
        case .proof:
            return fields.read(BenchSecret.proofByteCount).map { .proof(Array($0)) }
        case .welcome: return BenchWelcome(from: &fields).map { .welcome($0) }
        case .ready: return .ready
        case .pong: return BenchPing(from: &fields).map { .pong($0) }
        case .statistics:
            guard let question = fields.readUInt32() else { return nil }
            return BenchStatistics(from: &fields).map { .statistics(question: question, $0) }
        case .port:
            guard let port = fields.readUInt16() else { return nil }
            return readToken(&fields).map { .port(port, token: $0) }
        case .challenge:
            return fields.read(BenchSecret.challengeByteCount).map { .challenge(Array($0)) }
        }
    }

    private static func readToken(_ fields: inout FieldReader) -> [UInt8]? {
        fields.read(BenchConstants.tokenByteCount).map(Array.init)
    }
}

/// A question to which the answer says the same.
struct BenchPing: Equatable, Sendable {
    /// Which one it is, and when it was asked by the asker's clock, in nanoseconds.
    var number: UInt64
    var time: UInt64

    init(number: UInt64, time: UInt64) {
        (self.number, self.time) = (number, time)
    }

    init?(from fields: inout FieldReader) {
        guard let number = fields.readUInt64(), let time = fields.readUInt64() else { return nil }
        self.init(number: number, time: time)
    }

    func write(to fields: inout FieldWriter) {
        fields.write(number)
        fields.write(time)
    }
}

/// What a server tells a client that it serves.
struct BenchWelcome: Equatable, Sendable {
    let name: String
    let token: [UInt8]
    /// The time that the client has, in seconds.
    let seconds: UInt32
    /// The bytes per second that all clients together may have each way; 0 for no limit.
    let bytesPerSecond: UInt64
    /// The connections that may carry load at once.
    let flows: UInt16
    /// The bytes that the client may move, both ways together; 0 for no limit.
    let byteLimit: UInt64

    init(
        token: [UInt8], seconds: UInt32, bytesPerSecond: UInt64, flows: UInt16,
        byteLimit: UInt64 = 0
    ) {
        name = BenchConstants.protocolName
        (self.token, self.seconds) = (token, seconds)
        (self.bytesPerSecond, self.flows) = (bytesPerSecond, flows)
        self.byteLimit = byteLimit
    }

    init?(from fields: inout FieldReader) {
        guard let name = fields.readText(atMost: 64),
            let token = fields.read(BenchConstants.tokenByteCount).map(Array.init),
            let seconds = fields.readUInt32(), let bytesPerSecond = fields.readUInt64(),
            let flows = fields.readUInt16(), let byteLimit = fields.readUInt64()
        else { return nil }
        (self.name, self.token, self.seconds) = (name, token, seconds)
        (self.bytesPerSecond, self.flows) = (bytesPerSecond, flows)
        self.byteLimit = byteLimit
    }

    func write(to fields: inout FieldWriter) {
        fields.writeText(name)
        fields.write(raw: token)
        fields.write(seconds)
        fields.write(bytesPerSecond)
        fields.write(flows)
        fields.write(byteLimit)
    }
}
