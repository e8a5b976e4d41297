internal import DequeModule
internal import SUDPTransport

/// The blocking loop of a sender that announces files and sends what is in them.
///
/// Small files go with their announcement. Large ones wait for the receiver's offer while what
/// comes behind them is announced.
final class SendingLoop {
    /// What has to wait for an offer, and what may not overtake it.
    private enum Waiting {
        case file(SourceFile, id: UInt32)
        case directoryEnd(id: UInt32, FileAttributes)
    }

    private static let outstandingLimit = 16_384

    private let connection: Connection
    private let plan: SendPlan
    private let options: SendOptions
    private let progress: TransferProgress
    private let state: BlockingState<SendingState>
    private let writer: MessageWriter
    private var waiting: Deque<Waiting> = []
    private var directories: [UInt32] = []
    private var nextID: UInt32 = 0

    init(
        connection: Connection, plan: SendPlan, options: SendOptions, progress: TransferProgress,
        state: BlockingState<SendingState>
    ) {
        self.connection = connection
        self.plan = plan
        self.options = options
        self.progress = progress
        self.state = state
        writer = MessageWriter(
            connection, collecting: FileLimits.writeByteCount,
            limit: options.bytesPerSecond.map { RateLimit(bytesPerSecond: $0) })
    }

    /// Runs until everything is sent or nothing more can be.
    func run() {
        do {
            try greet()
            if let text = plan.text { try sendText(text) }
            try plan.walk.visitAll { try send($0) }
            while !waiting.isEmpty { try sendFirstWaiting() }
            try write(.done)
            try writer.flush()
        } catch {
            state.update { state in
                if state.failure == nil { state.failure = error }
            }
        }
        connection.finish()
    }

    private func greet() throws {
        try write(
            .hello(
                protocolName: FileLimits.protocolName, isDryRun: options.isDryRun,
                isSeveral: plan.isSeveral))
        try writer.flush()
        _ = try state.wait { state in
            if state.isGreeted { return true }
            try state.requireGoing()
            return nil
        }
        if plan.text != nil, !state.read(\.takesText) { throw FileTransferFailure.textNotTaken }
        try write(.plan(files: plan.files, bytes: plan.bytes, storage: plan.storage))
    }

    private func send(_ entry: SourceEntry) throws {
        try waitForRoom()
        switch entry {
        case .file(let path): try sendFile(path)
        case .standardInput(let name): try sendStandardInput(name)
        case .directory(let path):
            let id = takeID(path.local, isFile: false)
            directories.append(id)
            try write(.directory(id: id, path: path.remote))
        case .directoryEnd(let path):
            guard let id = directories.popLast() else { return }
            guard waiting.isEmpty else {
                return waiting.append(.directoryEnd(id: id, path.attributes))
            }
            try write(.directoryEnd(id: id, path.attributes))
        case .link(let path, let target):
            let id = takeID(path.local, isFile: false)
            try write(.link(id: id, path: path.remote, target: target))
        case .leftOut(let path, let reason):
            options.onEvent(.leftOut(path: path, reason: reason))
        case .problem(let problem):
            try giveUp(takeID(problem.path, isFile: false), problem)
        }
        while waiting.count >= FileLimits.unansweredFileCount { try sendFirstWaiting() }
    }

    private func sendFile(_ path: SourcePath) throws {
        let id = takeID(path.local, isFile: true)
        do {
            let file = try SourceFile(path)
            let isLarge = file.size > UInt64(FileLimits.chunkByteCount)
            state.update { $0.outstanding[id]?.chunkCount = file.chunkCount }
            try write(
                .file(
                    FileAnnouncement(
                        id: id, path: path.remote, size: file.size, attributes: file.attributes,
                        awaitsOffer: isLarge || options.isDryRun, isSparse: file.isSparse)))
            if options.isDryRun { return }
            if isLarge {
                waiting.append(.file(file, id: id))
            } else {
                try content.send(file, id, offered: nil)
            }
        } catch let problem as FileProblem {
            try giveUp(id, problem)
        }
    }

    private func sendStandardInput(_ name: String) throws {
        let id = takeID(name, isFile: true)
        state.update { $0.outstanding[id]?.isStream = true }
        let attributes = FileAttributes(
            permissions: 0o644, time: FileTime(seconds: options.now(), nanoseconds: 0))
        try write(
            .file(
                FileAnnouncement(
                    id: id, path: name, size: FileAnnouncement.unknownSize,
                    attributes: attributes, awaitsOffer: options.isDryRun, isSparse: false)))
        if options.isDryRun { return }
        do {
            try content.sendStream(BlockingDescriptor(options.standardInput), id)
        } catch let problem as FileProblem {
            try giveUp(id, problem)
        }
    }

    private func sendText(_ text: String) throws {
        let id = takeID("text", isFile: false)
        var hash = ContentHash(withChecksum: false)
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes { hash.update($0, digest: SHA256.digest(of: $0)) }
        let digest = hash.finalize().digest
        state.update { $0.outstanding[id]?.digest = digest }
        try write(.text(id: id, text))
        progress.update { $0.bytes &+= UInt64(bytes.count) }
    }

    private func sendFirstWaiting() throws {
        switch waiting.popFirst() {
        case .directoryEnd(let id, let attributes):
            try write(.directoryEnd(id: id, attributes))
        case .file(let file, let id):
            try writer.flush()
            do {
                guard let offered = try waitForOffer(id) else { return }
                try content.send(file, id, offered: offered)
            } catch let problem as FileProblem {
                try giveUp(id, problem)
            }
        case nil: break
        }
    }

    /// The digests that the receiver offers; nil when it has given its answer already.
    private func waitForOffer(_ id: UInt32) throws -> [[UInt8]]? {
        try state.wait { state -> [[UInt8]]?? in
            if let offer = state.offers[id], offer.isComplete { return .some(offer.digests) }
            if state.outstanding[id] == nil { return .some(nil) }
            try state.requireGoing()
            return nil
        }
    }

    private var content: ContentSender {
        ContentSender(
            writer: writer, state: state, progress: progress,
            wantsChecksums: options.checksums != nil)
    }

    /// Keeps the list of what is not answered short, however many files there are.
    private func waitForRoom() throws {
        if let failure = state.read(\.failure) { throw failure }
        guard state.read({ $0.outstanding.count }) >= Self.outstandingLimit else { return }
        try writer.flush()
        _ = try state.wait { state in
            try state.requireGoing()
            return state.outstanding.count < Self.outstandingLimit ? true : nil
        }
    }

    private func takeID(_ path: String, isFile: Bool) -> UInt32 {
        defer { nextID &+= 1 }
        state.update { [nextID] state in
            state.outstanding[nextID] = SendingState.Outstanding(path: path, isFile: isFile)
        }
        return nextID
    }

    /// Tells the receiver that a file will not come, or not to its end.
    private func giveUp(_ id: UInt32, _ problem: FileProblem) throws {
        let isNews = state.update { state in
            guard state.outstanding.removeValue(forKey: id) != nil else { return false }
            state.tally.note(problem)
            return true
        }
        if isNews { options.onEvent(.failed(problem)) }
        try write(.abandoned(id: id, problem.status, reason: problem.description))
    }

    private func write(_ message: FileMessage) throws {
        try writer.write(message.message)
    }
}
