internal import Glibc
internal import SUDPTransport
internal import Synchronization

/// The receiving side of one connection, on a thread of its own; another one reads for it.
///
/// Its state is used under `turn`, because another session may take its files over.
final class ReceivingSession: @unchecked Sendable {
    private static let openDirectoryLimit = 256

    let connection: any BlockingStream
    let options: ReceiveOptions
    let progress: TransferProgress
    let onText: (@Sendable (String) throws -> Void)?
    let onEvent: @Sendable (FileEvent) -> Void
    private let turn = SessionTurn()
    let writer: MessageWriter
    let shelf: FileShelf?
    private let received = ReceivedQueue(byteCount: FileLimits.receivedByteCount)
    var incoming: [UInt32: IncomingFile] = [:]
    private var directories: [UInt32: RelativePath] = [:]
    var phase = Phase.greeting
    var plan = (files: UInt64(0), storage: UInt64(0))
    /// Whether the only file or text that there may be has come.
    var hasOutput = false
    var tally = TransferTally()

    enum Phase {
        case greeting
        case receiving(isDryRun: Bool)
        case refused
        case done
    }

    init(
        connection: any BlockingStream, options: ReceiveOptions, progress: TransferProgress,
        client: String? = nil, onText: (@Sendable (String) throws -> Void)? = nil,
        onEvent: @escaping @Sendable (FileEvent) -> Void
    ) {
        self.connection = connection
        self.options = options
        self.progress = progress
        self.onText = onText
        self.onEvent = onEvent
        writer = MessageWriter(connection, collecting: FileLimits.writeByteCount)
        if case .directory(let directory) = options.destination {
            shelf = FileShelf(directory: directory, options: options, client: client)
        } else {
            shelf = nil
        }
    }

    /// Whether the peer has said that it sends files.
    var isGreeted: Bool {
        turn.run {
            if case .greeting = phase { return false }
            return true
        }
    }

    /// Ends work that nobody waits for.
    func noteGone() { turn.noteGone() }

    /// When the sender was last heard.
    var lastMove: ContinuousClock.Instant { turn.lastMove }

    /// What went well and what did not.
    var result: TransferTally { turn.run { tally } }

    /// Runs until the sender's stream ends; throws why it is not complete.
    func run() throws {
        defer { turn.run { closeFiles() } }
        do {
            try send(
                .hello(
                    protocolName: FileLimits.protocolName, isDryRun: false,
                    takesText: onText != nil))
            try startReading()
            while let item = try received.next() {
                try turn.run { try take(item) }
                turn.noteMove()
            }
            try turn.run { try conclude() }
        } catch {
            received.discard()
            turn.run { settleComplete() }
            throw error is MessageError
                ? FileTransferFailure.protocolBroken("the peer does not speak this protocol")
                : error
        }
    }

    private func startReading() throws {
        let loop = ReceivingLoop(connection: connection, queue: received) { [turn] in
            turn.noteMove()
        }
        guard DedicatedThread({ loop.run() }) != nil else { throw FileTransferFailure.noThread }
    }

    /// Lets go of all files, because a sender that is alive wants one of them; false when this one
    /// is alive, too.
    func giveWay() -> Bool {
        guard turn.silence >= FileLimits.takeOverSilence else { return false }
        // First, so that nothing waits for a peer that reads no more.
        connection.close(code: ApplicationCode.interrupted.rawValue, reason: "another sender came")
        received.discard()
        return turn.tryRun {
            settleComplete()
            closeFiles()
        }
    }

    private func closeFiles() {
        for file in incoming.values { letGo(of: file) }
        incoming = [:]
    }

    /// Leaves what can be gone on from, which is only what is offered.
    func letGo(of file: IncomingFile) {
        shelf?.forget(file, of: self)
        if !file.announcement.awaitsOffer { file.part?.discard() }
    }

    private func conclude() throws {
        switch phase {
        case .done, .refused: break
        default: throw FileTransferFailure.protocolBroken("the sender ended too early")
        }
        try writer.flush()
        connection.finish()
        connection.confirmConsumed()
    }

    // MARK: Messages

    private func take(_ item: ReceivedItem) throws {
        switch item {
        case .message(let message): try take(message)
        case .chunk(let chunk): try take(chunk)
        }
    }

    private func take(_ message: FileMessage) throws {
        switch (phase, message) {
        case (.refused, _): break
        case (.greeting, .hello(FileLimits.protocolName, let isDryRun, let isSeveral, _)):
            phase = .receiving(isDryRun: isDryRun)
            if isSeveral { try requireRoomForSeveral() }
        case (.greeting, .hello(let name, _, _, _)):
            throw FileTransferFailure.protocolBroken("the peer speaks '\(name)'")
        case (.receiving(let isDryRun), _):
            try take(message, isDryRun: isDryRun)
        default: throw FileTransferFailure.protocolBroken("a message at the wrong time")
        }
    }

    private func take(_ message: FileMessage, isDryRun: Bool) throws {
        switch message {
        case .plan(let files, let bytes, let storage):
            if files > 1 { try requireRoomForSeveral() }
            plan = (files, storage)
            progress.update { $0.totalFiles &+= files }
            progress.update { $0.totalBytes &+= bytes }
        case .file(let file): try takeFile(file, isDryRun: isDryRun)
        case .directory(let id, let path):
            guard directories.count < Self.openDirectoryLimit else {
                throw FileTransferFailure.protocolBroken("too many directories at once")
            }
            try answering(id, path) {
                guard let shelf else { throw FileShelf.onlyFiles }
                directories[id] = try shelf.makeDirectory(path, isDryRun: isDryRun)
            }
        case .directoryEnd(let id, let attributes):
            guard let path = directories.removeValue(forKey: id) else { break }
            if isDryRun { return try answer(id, told(path), note: "directory") }
            try add(
                .directory(
                    id: id, path, shelf?.attributes(attributes, isDirectory: true) ?? attributes))
        case .link(let id, let path, let target):
            try answering(id, path) {
                guard let shelf else { throw FileShelf.onlyFiles }
                let stored = try shelf.makeLink(path, to: target, isDryRun: isDryRun)
                if isDryRun { return try answer(id, told(stored), note: "link") }
                try add(.link(id: id, stored))
            }
        case .start(let id, let chunk):
            guard let file = incoming[id] else { break }
            try answering(file) { try start(file, chunk) }
        case .hole(let id, let chunks):
            guard let file = incoming[id] else { break }
            try answering(file) {
                try file.takeHole(chunks: chunks) { !turn.isSenderGone }
            }
        case .end(let id, let size, let digest):
            guard let file = incoming[id] else { break }
            try answering(file) { try end(file, size: size, digest: digest) }
        case .text(let id, let text): try takeText(id, text, isDryRun: isDryRun)
        case .abandoned(let id, let status, let reason): abandon(id, status, reason)
        case .done:
            try commit()
            guard incoming.isEmpty, directories.isEmpty else {
                throw FileTransferFailure.protocolBroken("the sender forgot a file")
            }
            phase = .done
        default: throw FileTransferFailure.protocolBroken("the peer sends as a receiver does")
        }
    }

    private func takeFile(_ file: FileAnnouncement, isDryRun: Bool) throws {
        guard incoming[file.id] == nil, incoming.count <= FileLimits.unansweredFileCount + 1 else {
            throw FileTransferFailure.protocolBroken("too many files at once")
        }
        progress.update { $0.path = file.path }
        try answering(file.id, file.path) {
            guard let shelf else { return try takeOutput(file, isDryRun: isDryRun) }
            if plan.files != 1 || file.isSparse {
                try shelf.requireSpace(plan.storage, for: file)
            }
            let (path, decision) = try shelf.decide(file, isDryRun: isDryRun, for: self)
            switch decision {
            case .settled(let note):
                try answer(file.id, told(path), size: file.size, note: note)
            case .receive(let opened):
                incoming[file.id] = opened
                if file.awaitsOffer { try writer.writeOffer(of: opened) }
            }
        }
    }

    private func takeOutput(_ file: FileAnnouncement, isDryRun: Bool) throws {
        guard case .output(let output) = options.destination, !hasOutput,
            let path = RelativePath(file.path)
        else { throw FileShelf.onlyFiles }
        if isDryRun {
            return try answer(
                file.id, path.text, size: file.size, note: "write to \(output.name)")
        }
        hasOutput = true
        let opened = IncomingFile(
            file, path: path, sink: .output(output), goal: .create,
            withChecksum: options.checksums != nil)
        incoming[file.id] = opened
        if file.awaitsOffer { try writer.writeOffer(of: opened) }
    }

    private func start(_ compared: IncomingFile, _ chunk: UInt64) throws {
        var file = compared
        if case .comparison(let name, _, _) = file.sink, !file.isStarted,
            chunk < FileLimits.chunkCount(file.announcement.size)
        {
            guard case .createNumbered = file.goal, let shelf else {
                throw StoreFailure(.exists, "exists and is not replaced")
            }
            file = try shelf.diverge(file, from: name, atChunk: chunk, for: self)
            incoming[file.announcement.id] = file
        }
        // What is complete does not wait for a file that may take long.
        if file.announcement.size > FileLimits.groupByteCount { try commit() }
        progress.update { $0.path = file.path.text }
        try file.start(atChunk: chunk)
        let kept = file.position
        progress.update { $0.bytes &+= kept }
        progress.update { $0.bytesKept &+= kept }
    }

    private func end(_ file: IncomingFile, size: UInt64, digest: [UInt8]) throws {
        let own = try file.verified(size: size, digest: digest)
        switch file.sink {
        case .comparison(let name, let whole, _):
            guard whole == own else { throw StoreFailure(.exists, "exists and is not replaced") }
            incoming[file.announcement.id] = nil
            try settle(file, own, name: name, note: IncomingFile.note(sameAs: name, file.path))
            try writer.flush()
        case .output(let output):
            try end(output)
            incoming[file.announcement.id] = nil
            try settle(file, own, note: "")
            try writer.flush()
        case .part(let part):
            let sent = file.announcement.attributes
            try part.apply(shelf?.attributes(sent, isDirectory: false) ?? sent)
            incoming[file.announcement.id] = nil
            try add(.file(file, digest: own))
        }
    }

    func end(_ output: PipeOutput) throws(StoreFailure) {
        do { try output.end() } catch {
            throw StoreFailure(.cannotWrite, "cannot write \(output.name): \(error)")
        }
    }

    private func take(_ chunk: ReceivedChunk) throws {
        if case .greeting = phase {
            throw FileTransferFailure.protocolBroken("a message at the wrong time")
        }
        guard let file = incoming[chunk.id] else { return }
        try answering(file) {
            try chunk.bytes.withUnsafeBytes { try file.take($0, digest: chunk.digest) }
        }
        progress.update { $0.bytes &+= UInt64(chunk.bytes.count) }
    }

    private func abandon(_ id: UInt32, _ status: FileStatus, _ reason: String) {
        if let file = incoming.removeValue(forKey: id) { letGo(of: file) }
        directories[id] = nil
        note(FileProblem(path: "sender", status: status, reason: reason))
    }
}
