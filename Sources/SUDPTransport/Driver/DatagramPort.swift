internal import Glibc
internal import SUDPProtocol

/// The sockets of a driver with the memory of what goes through them.
final class DatagramPort {
    /// The batches that are taken at once, so that a flood of small datagrams delays nothing else.
    static let batchesAtOnce = 8

    let sockets: [UDPSocket]
    /// Takes the next train of a connection.
    let train = DatagramBuffer()
    /// Takes an answer that belongs to no connection.
    let reply = DatagramBuffer(capacity: 2048)

    private let batch = ReceiveBatch()
    private var unsent: (train: Transmit, offset: Int)?
    private var refusedCount: UInt64 = 0
    private var reportedCallCount: UInt64 = 0

    init(sockets: UDPSocketPair) {
        self.sockets = sockets.all
    }

    /// Whether a train waits for the socket to be writable; `train` must not be touched meanwhile.
    var isBlocked: Bool { unsent != nil }

    /// Whether this socket has to become writable first.
    func isBlocked(on socket: UDPSocket) -> Bool {
        unsent?.train.path.remote.family == socket.localAddress.family
    }

    /// Sends what is in `train` and keeps what the socket does not take.
    func sendTrain(_ transmit: Transmit, from offset: Int = 0) -> SendOutcome {
        unsent = nil
        let outcome = send(transmit, in: train, from: offset)
        if case .blocked(let offset) = outcome { unsent = (transmit, offset) }
        return outcome
    }

    /// Tries again what the socket did not take.
    func sendUnsent() {
        guard let unsent else { return }
        _ = sendTrain(unsent.train, from: unsent.offset)
    }

    /// Sends what is in `reply`, if that is possible now: the peer asks again.
    func sendReply(_ transmit: Transmit) {
        _ = send(transmit, in: reply, from: 0)
    }

    /// Takes what waits in the socket: one batch of trains, or several of small datagrams.
    ///
    /// Returns whether that was all.
    func receive(from socket: UDPSocket, _ body: (DatagramBuffer, ReceivedTrain) -> Void) -> Bool {
        var (count, batches, byteCount) = (0, 0, 0)
        repeat {
            batches += 1
            count = batch.receive(from: socket) { buffer, train in
                byteCount += train.byteCount
                body(buffer, train)
            }
        } while count == ReceiveBatch.slotCount && batches < Self.batchesAtOnce
            && byteCount < Limits.trainByteCount
        return count < ReceiveBatch.slotCount
    }

    /// The system calls since this was asked last.
    func takeCallCount() -> UInt64 {
        let count = sockets.reduce(batch.callCount) { $0 &+ $1.sendCallCount }
        defer { reportedCallCount = count }
        return count &- reportedCallCount
    }

    /// What the sockets have seen.
    var statistics: SocketStatistics {
        SocketStatistics(
            usesSegmentationOffload: sockets.allSatisfy { $0.sendFeatures.contains(.segmentation) },
            usesReceiveOffload: batch.hasSeenTrain,
            receiveBufferByteCount: sockets.map(\.receiveBufferByteCount).min() ?? 0,
            sendBufferByteCount: sockets.map(\.sendBufferByteCount).min() ?? 0,
            isBufferClamped: sockets.contains(where: \.isBufferClamped),
            sendsRefused: refusedCount, datagramsTruncated: batch.truncatedCount,
            datagramsEmpty: batch.emptyCount)
    }

    private func socket(for family: NetworkAddress.Family) -> UDPSocket? {
        sockets.first { $0.localAddress.family == family }
    }

    private func send(
        _ transmit: Transmit, in buffer: DatagramBuffer, from offset: Int
    ) -> SendOutcome {
        guard let socket = socket(for: transmit.path.remote.family) else {
            refusedCount &+= 1
            return .lost(errno: EAFNOSUPPORT)
        }
        let outcome = socket.send(transmit, in: buffer, from: offset)
        if case .lost = outcome { refusedCount &+= 1 }
        return outcome
    }
}
