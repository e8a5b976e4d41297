/// What the two threads of a sender know together.
struct SendingState: Sendable {
    /// A file, directory or link that the receiver has not answered yet.
    struct Outstanding: Sendable {
        let path: String
        let isFile: Bool
        /// How many chunks the receiver may have of it.
        var chunkCount: UInt64 = 0
        /// What it must have in the end; nil as long as that is not known.
        var digest: [UInt8]?
        /// The SHA-256 of its bytes, where it is wanted.
        var checksum: [UInt8]?
        /// Whether it comes from standard input.
        var isStream = false
    }

    /// The chunks that the receiver has of a file.
    struct Offer: Sendable {
        var digests: [[UInt8]] = []
        var isComplete = false
    }

    var isGreeted = false
    var takesText = false
    var outstanding: [UInt32: Outstanding] = [:]
    var offers: [UInt32: Offer] = [:]
    var tally = TransferTally()
    var failure: (any Error)?
    var isOver = false

    /// Throws when nothing more may be sent.
    func requireGoing() throws {
        if let failure { throw failure }
        if isOver { throw FileTransferFailure.protocolBroken("the receiver ended too early") }
    }
}
