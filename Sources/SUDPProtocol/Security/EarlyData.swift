internal import SUDPCrypto

/// Protection of EARLY packets: stream bytes of a client under keys of the session that it resumes
/// (RFC 8446 §2.3), which whoever captured them can send again.
struct EarlyData {
    /// How many bytes of the stream may travel so.
    let limit: UInt64
    let protection: PacketProtection

    static let trailerByteCount = PacketProtection.tagByteCount

    init(master: Secret, limit: UInt64) {
        self.limit = limit
        protection = PacketProtection(secret: HKDF.expandLabel(master, "c e"))
    }
}
