internal import COpenSSL

/// What a client resumes a session by (RFC 8446 §2.2): the server's ticket, the secret that goes
/// with it, and the certificates that the server had proved to own.
///
/// A ticket serves once: whoever sees it offered twice can tell that the client is the same.
public final class SessionTicket: @unchecked Sendable {
    let handle: OpaquePointer
    let chain: [Certificate]

    /// Takes over the caller's reference.
    init(adopting handle: OpaquePointer, chain: [Certificate]) {
        self.handle = handle
        self.chain = chain
    }

    deinit {
        SSL_SESSION_free(handle)
    }

    /// Reads what `pem` wrote.
    public convenience init(pem: String) throws(CryptoError) {
        let input = MemoryBIO(try PEM.checked(pem))
        ErrorQueue.clear()
        guard let handle = PEM_read_bio_SSL_SESSION(input.handle, nil, { _, _, _, _ in 0 }, nil)
        else { throw CryptoError.library("reading a session ticket") }
        let chain: [Certificate]
        do throws(CryptoError) {
            chain = try Certificate.bundle(pem: input.readText())
        } catch {
            SSL_SESSION_free(handle)
            throw error
        }
        self.init(adopting: handle, chain: chain)
    }

    /// The session, with its secret, and the certificates as PEM blocks.
    public var pem: String {
        let output = MemoryBIO()
        PEM_write_bio_SSL_SESSION(output.handle, handle)
        return output.readText() + chain.map(\.pem).joined()
    }

    /// How many bytes the server takes before its handshake is complete; 0 when none.
    public var maximumEarlyData: Int { Int(SSL_SESSION_get_max_early_data(handle)) }

    /// Whether a handshake would still accept what the server proved then.
    ///
    /// libssl verifies nothing when it resumes; trust, time and revocation may have changed.
    func isAcceptable(to context: TLSContext, serverName: String?, now: Int64) -> Bool {
        guard SSL_SESSION_is_resumable(handle) == 1, !chain.isEmpty else { return false }
        let verification = ChainVerification(
            chain: chain, store: SSL_CTX_get_cert_store(context.handle), side: .server,
            host: serverName, now: now)
        do {
            return try verification.refusal(under: context.trust) == nil
        } catch {
            return false
        }
    }
}

extension SessionTicket: Hashable {
    /// Whether both are the same object: each ticket is given once.
    public static func == (left: SessionTicket, right: SessionTicket) -> Bool { left === right }

    /// Hashes the object's identity.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
