internal import Glibc
internal import SUDPTransport
internal import Synchronization

/// One TCP connection that carries load, and what it has moved.
final class TCPLoad: Sendable {
    let socket: TCPSocket
    private let written = Atomic<UInt64>(0)
    private let taken = Atomic<UInt64>(0)

    init(_ socket: TCPSocket) {
        self.socket = socket
    }

    /// Writes the same block until all is written or nobody takes more; tells whether all was.
    func send(byteCount: UInt64?, blockByteCount: Int, pace: (Int) -> Void) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: max(blockByteCount, 1), alignment: 64) { block in
            for index in block.indices { block[index] = UInt8(truncatingIfNeeded: index &* 131) }
            var left = byteCount ?? .max
            while left > 0 {
                let size = Int(min(UInt64(block.count), left))
                pace(size)
                let count = socket.write(UnsafeRawBufferPointer(rebasing: block[..<size]))
                guard count > 0 else { return false }
                written.add(UInt64(count), ordering: .relaxed)
                left -= UInt64(count)
            }
            return true
        }
    }

    /// Reads and drops until the peer's stream ends.
    func receive(pace: (Int) -> Void) {
        withUnsafeTemporaryAllocation(
            byteCount: BenchConstants.defaultBlockByteCount, alignment: 64
        ) { buffer in
            while case let count = socket.read(into: buffer), count > 0 {
                taken.add(UInt64(count), ordering: .relaxed)
                pace(count)
            }
        }
    }

    /// Reads exactly so many bytes; nil when they do not come.
    func readAll(_ byteCount: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < byteCount {
            let more = [UInt8](unsafeUninitializedCapacity: byteCount - bytes.count) {
                $1 = socket.read(into: UnsafeMutableRawBufferPointer($0))
            }
            guard !more.isEmpty else { return nil }
            bytes += more
        }
        return bytes
    }

    /// Writes all of these bytes, which are no load.
    func writeAll(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { socket.write($0) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
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
