internal import SUDPTransport

/// A secret that both ends of a benchmark know.
///
/// It never leaves its end: the client proves to a server's random challenge that it knows it.
public struct BenchSecret: Sendable {
    static let proofByteCount = SHA256.byteCount
    static let challengeByteCount = 32
    private static let blockByteCount = 64

    /// The key of HMAC-SHA256, filled up to a block.
    private let key: [UInt8]

    /// Reads a file of at most 64 KiB; a line's end at its end does not count.
    public init(path: String) throws(FileFailure) {
        var bytes = try SmallFile.readBytes(path, atMost: BenchConstants.maximumSecretByteCount)
        if bytes.last == 0x0a { bytes.removeLast() }
        if bytes.last == 0x0d { bytes.removeLast() }
        guard !bytes.isEmpty else { throw .unusable(path: path, reason: "it is empty") }
        self.init(bytes)
    }

    init(_ bytes: [UInt8]) {
        let short = bytes.count > Self.blockByteCount ? Self.digest(bytes) : bytes
        key = short + [UInt8](repeating: 0, count: Self.blockByteCount - short.count)
    }

    /// What only somebody who knows the secret can answer: HMAC-SHA256 of name and challenge.
    func proof(of challenge: [UInt8]) -> [UInt8] {
        let inner = key.map { $0 ^ 0x36 } + BenchConstants.protocolName.utf8 + challenge
        return Self.digest(key.map { $0 ^ 0x5c } + Self.digest(inner))
    }

    static func makeChallenge() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<challengeByteCount).map { _ in random.next() }
    }

    /// Compares without telling by the time it takes how much was right.
    static func areEqual(_ one: some Collection<UInt8>, _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func digest(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { SHA256.digest(of: $0) }
    }
}
