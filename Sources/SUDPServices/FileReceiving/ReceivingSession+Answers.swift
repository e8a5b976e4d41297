internal import SUDPTransport

/// What is told the sender, and whoever looks on.
extension ReceivingSession {
    func answering(_ id: UInt32, _ path: String, _ body: () throws -> Void) throws {
        do { try body() } catch let failure as StoreFailure {
            try refuse(id, shelf?.shownPath(path) ?? path, failure)
        } catch let failure as SpaceFailure {
            try refuseAll(
                FileProblem(path: failure.path, status: .noSpace, reason: failure.reason))
        }
    }

    func refuseAll(_ problem: FileProblem) throws {
        phase = .refused
        note(problem)
        try send(.refusal(problem.status, reason: "\(problem.path): \(problem.reason)"))
    }

    func requireRoomForSeveral() throws {
        guard case .output(let output) = options.destination, case .receiving = phase else {
            return
        }
        try refuseAll(
            FileProblem(
                path: output.name, status: .refused,
                reason: "takes one file, no directory and not several"))
    }

    func answering(_ file: IncomingFile, _ body: () throws -> Void) throws {
        do { try body() } catch let failure as StoreFailure {
            incoming[file.announcement.id] = nil
            letGo(of: file)
            try refuse(file.announcement.id, shelf?.shownPath(of: file) ?? "output", failure)
        }
    }

    func refuse(_ id: UInt32, _ path: String, _ failure: StoreFailure) throws {
        note(FileProblem(path: path, status: failure.status, reason: failure.reason))
        try send(
            .result(
                id: id, failure.status, size: 0, digest: Self.noDigest,
                note: "\(failure.reason) (\(path) at the receiver)"))
    }

    func note(_ problem: FileProblem) {
        onEvent(.failed(tally.note(problem)))
    }

    /// Settles what needs no content.
    func answer(_ id: UInt32, _ path: String, size: UInt64 = 0, note: String) throws {
        tally.noteComplete()
        if case .receiving(isDryRun: true) = phase {
            onEvent(.planned(path: path, size: size, note: note))
        } else {
            onEvent(.stored(path: path, size: size, digest: Self.noDigest, note: note))
        }
        try send(.result(id: id, .kept, size: size, digest: Self.noDigest, note: note))
    }

    static let noDigest = [UInt8](repeating: 0, count: SHA256.byteCount)

    func add(_ item: CommitGroup.Item) throws {
        shelf?.group.add(item)
        if shelf?.group.isFull == true { try commit() }
    }

    func commit() throws {
        for outcome in shelf?.commit() ?? [] { try settle(outcome) }
        try writer.flush()
    }

    /// Commits what is complete, after the connection has failed.
    func settleComplete() {
        for outcome in shelf?.commit() ?? [] { try? settle(outcome) }
    }

    func settle(_ outcome: CommitGroup.Outcome) throws {
        switch outcome.item {
        case .file(let file, let digest):
            shelf?.forget(file, of: self)
            if let failure = outcome.failure {
                return try refuse(
                    file.announcement.id, shelf?.shownPath(of: file) ?? "", failure)
            }
            try settle(file, digest, name: outcome.name, note: outcome.note)
        case .directory(let id, let path, _), .link(let id, let path):
            if let failure = outcome.failure { return try refuse(id, told(path), failure) }
            tally.noteComplete()
            try writer.write(
                FileMessage.result(
                    id: id, .stored, size: 0, digest: Self.noDigest, note: outcome.note
                ).message)
        }
    }

    func settle(
        _ file: IncomingFile, _ digest: [UInt8], name: String? = nil, note: String
    ) throws {
        tally.noteComplete()
        list(file, name)
        progress.update { $0.files &+= 1 }
        let size = file.position
        onEvent(.stored(path: told(file.path), size: size, digest: digest, note: note))
        try writer.write(
            FileMessage.result(
                id: file.announcement.id, .stored, size: size, digest: digest, note: note
            ).message)
    }

    /// The path below the directory of all senders.
    func told(_ path: RelativePath) -> String { shelf?.told(path) ?? path.text }

    private func list(_ file: IncomingFile, _ name: String?) {
        guard let checksums = options.checksums, let checksum = file.checksum else { return }
        guard let shelf else { return checksums.noteStream(checksum) }
        let path = name.flatMap(file.path.renamed) ?? file.path
        checksums.note(shelf.shownPath(of: path), checksum)
    }

    func send(_ message: FileMessage) throws {
        try writer.write(message.message)
        try writer.flush()
    }
}
