internal import SUDPTransport

/// The blocking loop of a sender that reads what the receiver answers.
struct AnswerLoop: Sendable {
    let connection: Connection
    let state: BlockingState<SendingState>
    let progress: TransferProgress
    let options: SendOptions

    /// Runs until the receiver's stream ends.
    func run() {
        do {
            let reader = MessageReader(connection, maximumBodyByteCount: FileLimits.bodyByteCount)
            while let header = try reader.nextHeader() {
                let body = try reader.readBody(header.bodyByteCount)
                try take(FileMessage(Message(type: header.type, body: body)))
            }
            state.update { $0.isOver = true }
            connection.confirmConsumed()
        } catch {
            state.update { state in
                state.isOver = true
                if state.failure == nil { state.failure = Self.failure(error) }
            }
        }
    }

    static func failure(_ error: any Error) -> any Error {
        guard error is MessageError else { return error }
        return FileTransferFailure.protocolBroken("the peer does not speak this protocol")
    }

    private func take(_ message: FileMessage) throws {
        switch message {
        case .hello(FileLimits.protocolName, _, _, let takesText):
            state.update { state in
                state.isGreeted = true
                state.takesText = takesText
            }
        case .hello(let name, _, _, _):
            throw FileTransferFailure.protocolBroken("the peer speaks '\(name)'")
        case .refusal(let status, let reason):
            state.update { $0.failure = FileTransferFailure.refused(status, reason: reason) }
        case _ where !state.read(\.isGreeted):
            throw FileTransferFailure.protocolBroken("the peer did not say what it speaks")
        case .have(let id, let digests):
            try state.update { try $0.note(digests, of: id) }
        case .offer(let id, let chunks):
            try state.update { try $0.completeOffer(of: id, chunks: chunks) }
        case .result(let id, let status, let size, let digest, let note):
            try takeResult(id, status, size, digest, note)
        default:
            throw FileTransferFailure.protocolBroken("the peer sends as a sender does")
        }
    }

    private func takeResult(
        _ id: UInt32, _ status: FileStatus, _ size: UInt64, _ digest: [UInt8], _ note: String
    ) throws {
        let known = state.update { state in
            state.offers[id] = nil
            return state.outstanding.removeValue(forKey: id)
        }
        // A file that this side gave up in the meantime is counted already.
        guard let known else { return }
        var problem: FileProblem?
        if !status.isSuccess {
            problem = FileProblem(path: known.path, status: status, reason: note)
        } else if status == .stored, let own = known.digest, own != digest {
            problem = FileProblem(
                path: known.path, status: .mismatch, reason: "the receiver has other bytes")
        }
        let isComplete = problem == nil
        state.update { state in
            if let failed = problem {
                problem = state.tally.note(failed)
            } else {
                state.tally.noteComplete()
            }
        }
        if let problem { return options.onEvent(.failed(problem)) }
        if isComplete, known.isFile { progress.update { $0.files &+= 1 } }
        if status == .stored { list(known) }
        if options.isDryRun {
            return options.onEvent(.planned(path: known.path, size: size, note: note))
        }
        options.onEvent(.stored(path: known.path, size: size, digest: digest, note: note))
    }

    private func list(_ known: SendingState.Outstanding) {
        guard let checksums = options.checksums, let checksum = known.checksum else { return }
        if known.isStream {
            checksums.noteStream(checksum)
        } else {
            checksums.note(known.path, checksum)
        }
    }
}

extension SendingState {
    fileprivate mutating func note(_ digests: [[UInt8]], of id: UInt32) throws {
        guard let known = outstanding[id] else { return }
        var offer = offers[id] ?? Offer()
        guard !offer.isComplete,
            UInt64(offer.digests.count + digests.count) <= known.chunkCount
        else { throw FileTransferFailure.protocolBroken("the peer offers more than there is") }
        offer.digests += digests
        offers[id] = offer
    }

    fileprivate mutating func completeOffer(of id: UInt32, chunks: UInt64) throws {
        guard outstanding[id] != nil else { return }
        var offer = offers[id] ?? Offer()
        guard !offer.isComplete, UInt64(offer.digests.count) == chunks else {
            throw FileTransferFailure.protocolBroken("an offer of the peer is broken")
        }
        offer.isComplete = true
        offers[id] = offer
    }
}
