internal import SUDPTransport

/// A secret that both ends of a benchmark know.
///
/// It never leaves its end: the client proves to a server's random challenge that it knows it.
public struct BenchSecret: Sendable {
    static let proofByteCount = SHA256.byteCount
    static let challengeByteCount = 32
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
        key = bytes
    }

    /// What only somebody who knows the secret can answer: HMAC-SHA256 of name and challenge.
    func proof(of challenge: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(Array(BenchConstants.protocolName.utf8) + challenge, key: key)
    }

    static func makeChallenge() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<challengeByteCount).map { _ in random.next() }
    }
}
