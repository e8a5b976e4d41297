package import SUDPProtocol

/// An application that plays its script on one connection and checks every byte it reads.
package struct Application {
    package let script: ApplicationScript
    package private(set) var bytesWritten: UInt64 = 0
    package private(set) var bytesRead: UInt64 = 0
    package private(set) var hasFinished = false
    package private(set) var hasConfirmed = false
    /// When the end of the peer's stream was read.
    package private(set) var endReadAt: Instant?
    package private(set) var establishedAt: Instant?
    package private(set) var resetCode: UInt64?
    package private(set) var stopCode: UInt64?
    package private(set) var isClosed = false
    /// What the application saw that must not be.
    package private(set) var violation: String?
    private let outgoing: BytePattern
    private let incoming: BytePattern
    private var mayReadAt = Instant.start

    package init(script: ApplicationScript, outgoing: BytePattern, incoming: BytePattern) {
        self.script = script
        self.outgoing = outgoing
        self.incoming = incoming
        if case .notBefore(let time) = script.reading { mayReadAt = time }
    }

    /// Writes from now on, although nothing is established yet.
    package mutating func begin(now: Instant) {
        establishedAt = now
    }

    package mutating func handle(_ event: ConnectionEvent, now: Instant) {
        if isClosed { violation = violation ?? "event after closed: \(event)" }
        switch event {
        case .established: establishedAt = now
        case .stopped(let code): stopCode = code
        case .reset(let code): resetCode = code
        case .closed: isClosed = true
        case .readable, .writable, .sendConfirmed, .ticket: break
        }
    }

    /// Does what can be done now; whether that was anything.
    package mutating func step(_ core: inout ConnectionCore, now: Instant) -> Bool {
        guard let establishedAt, !isClosed, violation == nil else { return false }
        let didWrite = write(&core, since: establishedAt, now: now)
        let didRead = read(&core, now: now)
        return didWrite || didRead
    }

    /// When `step` wants to be called although nothing happened.
    package func wakeTime(after now: Instant) -> Instant? {
        guard let establishedAt, !isClosed else { return nil }
        var times = script.writes.map { establishedAt + $0.delay }
        times.append(mayReadAt)
        if let endReadAt, let delay = script.consumesAfter { times.append(endReadAt + delay) }
        return times.filter { $0 > now }.min()
    }

    private mutating func write(
        _ core: inout ConnectionCore, since start: Instant, now: Instant
    ) -> Bool {
        guard !hasFinished, stopCode == nil, !script.echoes else { return false }
        let target = script.writes.filter { start + $0.delay <= now }.reduce(0) {
            $0 + $1.byteCount
        }
        var didWrite = false
        while bytesWritten < target, core.sendBufferRoom > 0 {
            let count = Int(min(target - bytesWritten, script.blockSize))
            let block = ByteBlock(capacity: count)
            block.append { buffer in
                outgoing.fill(buffer, from: bytesWritten)
                return buffer.count
            }
            bytesWritten += UInt64(block.count)
            core.write(block, now: now)
            didWrite = true
        }
        guard script.finishes, bytesWritten == script.byteCount else { return didWrite }
        core.finish(now: now)
        hasFinished = true
        return true
    }

    private mutating func read(_ core: inout ConnectionCore, now: Instant) -> Bool {
        if case .never = script.reading { return false }
        var didRead = false
        while endReadAt == nil, resetCode == nil, mayReadAt <= now, mayTake(core) {
            switch core.read(now: now) {
            case .blocked: return didRead
            case .bytes(let block): take(block, &core, now: now)
            case .reset(let code): resetCode = code
            case .finished: endReadAt = now
            }
            didRead = true
        }
        return confirm(&core, now: now) || didRead
    }

    private func mayTake(_ core: borrowing ConnectionCore) -> Bool {
        !script.echoes || core.sendBufferRoom > 0
    }

    private mutating func take(_ block: ByteBlock, _ core: inout ConnectionCore, now: Instant) {
        let mismatch = block.withUnsafeBytes { incoming.mismatch($0, from: bytesRead) }
        if let mismatch {
            violation = "wrong byte at stream offset \(bytesRead + UInt64(mismatch))"
        }
        if block.count == 0 { violation = violation ?? "read gave an empty block" }
        bytesRead += UInt64(block.count)
        if case .rate(let bytesPerSecond) = script.reading {
            let pause = UInt64(block.count) * 1_000_000_000 / max(bytesPerSecond, 1)
            mayReadAt = now + TimeSpan(nanoseconds: pause)
        }
        guard script.echoes, stopCode == nil else { return }
        bytesWritten += UInt64(block.count)
        core.write(block, now: now)
    }

    private mutating func confirm(_ core: inout ConnectionCore, now: Instant) -> Bool {
        guard let endReadAt, !hasConfirmed else { return false }
        var didAct = false
        if script.echoes, !hasFinished {
            core.finish(now: now)
            hasFinished = true
            didAct = true
        }
        guard let delay = script.consumesAfter, endReadAt + delay <= now else { return didAct }
        core.confirmConsumed(now: now)
        hasConfirmed = true
        return true
    }
}
