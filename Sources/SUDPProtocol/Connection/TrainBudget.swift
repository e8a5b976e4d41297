internal import SUDPCrypto

/// How many bytes of packets may go now, and what they may carry.
struct TrainBudget: Equatable {
    enum Content {
        case everything
        case acknowledgement
        /// Only what proves the peer's address: path frames, an acknowledgement, a PING.
        case proof
    }

    var byteCount: Int
    var content: Content

    /// The most that path frames and a PING take in a packet of their own.
    static let proofByteCount =
        ShortHeader.byteCount + 2 * (1 + 8) + 1 + PacketProtection.tagByteCount
    /// The most that an acknowledgement of one range takes, with ECN counts.
    static let acknowledgementByteCount = 1 + 3 * 8 + 1 + 3 * 8

    /// One packet within the credit of an address that has not earned a datagram; nil when what
    /// has to be said does not fit.
    static func small(_ credit: Int, hasProof: Bool, needsAck: Bool) -> TrainBudget? {
        guard hasProof || needsAck,
            credit >= proofByteCount + (hasProof ? 0 : acknowledgementByteCount)
        else { return nil }
        return TrainBudget(byteCount: credit, content: .proof)
    }
}
