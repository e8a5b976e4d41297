internal import Glibc
internal import SUDPTransport
internal import Synchronization

/// One TCP connection that carries load, and what it has moved.
final class TCPLoad: LoadStream {
    let socket: TCPSocket
    private let written = Atomic<UInt64>(0)
    private let taken = Atomic<UInt64>(0)

    init(_ socket: TCPSocket) {
        self.socket = socket
    }

    // MARK: Messages, which are no load

    /// Reads a message; nil when none comes in time, or what comes is none.
    func readMessage(within limit: Duration) -> BenchMessage? {
        let deadline = ContinuousClock.now + limit
        guard let header = readAll(Message.headerByteCount, until: deadline) else { return nil }
        var fields = FieldReader(header)
        guard let length = fields.readUInt32(), let type = fields.readUInt8(),
            (1...UInt32(BenchConstants.maximumBodyByteCount) + 1).contains(length),
            let body = readAll(Int(length) - 1, until: deadline)
        else { return nil }
        return try? BenchMessage(Message(type: type, body: body))
    }

    /// Writes a message; false when the peer takes nothing.
    func write(_ message: BenchMessage) -> Bool {
        writeAll(message.message.encoded)
    }

    /// Reads exactly so many bytes; nil when they do not come, or not in time.
    func readAll(_ byteCount: Int, until deadline: ContinuousClock.Instant? = nil) -> [UInt8]? {
        defer { if deadline != nil { socket.setTimeouts(nil) } }
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            if let deadline {
                let left = deadline - .now
                guard left > .zero else { return nil }
                socket.setTimeouts(left)
            }
            let more = try? [UInt8](unsafeUninitializedCapacity: byteCount - bytes.count) {
                $1 = try socket.read(into: UnsafeMutableRawBufferPointer($0))
            }
            guard let more, !more.isEmpty else { return nil }
            bytes += more
        }
        return bytes
    }

    /// Writes all of these bytes; false when the peer takes no more.
    func writeAll(_ bytes: [UInt8]) -> Bool {
        (try? bytes.withUnsafeBytes { try writeAll($0) { _ in } }) != nil
    }

    private func writeAll(
        _ bytes: UnsafeRawBufferPointer, count: (Int) -> Void
    ) throws(TCPSocket.Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = try socket.write(UnsafeRawBufferPointer(rebasing: rest))
            count(written)
            rest = rest.dropFirst(written)
        }
    }

    // MARK: Load

    func blockingWrite(_ block: ByteBlock) throws {
        try block.withUnsafeBytes { bytes in
            try writeAll(bytes) { written.add(UInt64($0), ordering: .relaxed) }
        }
    }

    func receive(_ take: (UnsafeRawBufferPointer) throws -> Bool) throws -> Bool {
        try withUnsafeTemporaryAllocation(
            byteCount: BenchConstants.defaultBlockByteCount, alignment: 64
        ) { buffer in
            while case let count = try socket.read(into: buffer), count > 0 {
                taken.add(UInt64(count), ordering: .relaxed)
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                guard try take(bytes) else { return false }
            }
            return true
        }
    }

    func finish() {
        socket.shutDown(both: false)
    }

    /// Only behind the last of this side's bytes is there room for a message.
    func confirmConsumed(isLast: Bool) {
        guard isLast else { return }
        _ = write(.ready)
        finish()
    }

    func counters() async -> BenchStatistics { statistics }

    func end(_ code: BenchCode, reason: String) {
        socket.shutDown(both: true)
    }

    /// The counters as of now.
    var statistics: BenchStatistics {
        let info = socket.info
        let sent = written.load(ordering: .relaxed)
        var statistics = BenchStatistics()
        statistics.flows = 1
        statistics.bytesAcknowledged = sent - min(UInt64(clamping: socket.unacknowledged), sent)
        statistics.bytesRead = taken.load(ordering: .relaxed)
        statistics.packetsLost = UInt64(info.tcpi_total_retrans)
        statistics.bytesRetransmitted =
            UInt64(info.tcpi_total_retrans) &* UInt64(info.tcpi_snd_mss)
        statistics.smoothedRTT = UInt64(info.tcpi_rtt) &* 1000
        statistics.congestionWindow = UInt64(info.tcpi_snd_cwnd) &* UInt64(info.tcpi_snd_mss)
        statistics.bytesInFlight = UInt64(info.tcpi_unacked) &* UInt64(info.tcpi_snd_mss)
        statistics.maximumDatagramSize = UInt64(info.tcpi_snd_mss)
        return statistics
    }
}
