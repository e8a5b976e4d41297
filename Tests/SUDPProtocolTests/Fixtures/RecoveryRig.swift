@testable import SUDPProtocol

/// One packet number space with its recovery, driven by hand.
///
/// A class so that expectations can contain what it does.
final class RecoveryRig {
    var space = PacketSpace()
    var recovery = LossRecovery()
    var now = Instant(nanoseconds: 1_000_000_000)

    /// Sends packets of 1000 bytes at one moment.
    func send(_ count: Int, isAckEliciting: Bool = true) {
        for _ in 0..<count {
            var packet = SentPacket()
            packet.isAckEliciting = isAckEliciting
            packet.byteCount = 1000
            packet.sentTime = now
            packet.streamOffset = space.sent.nextNumber
            space.onSent(packet)
        }
    }

    func wait(_ milliseconds: UInt64) {
        now = now + .milliseconds(milliseconds)
    }

    /// Takes an acknowledgement of these ranges, highest first.
    func ack(_ ranges: ClosedRange<UInt64>..., delayMicroseconds: UInt64 = 0) -> Bool {
        withAckFrame(ranges, delayMicroseconds: delayMicroseconds) { ack($0) } ?? false
    }

    func ack(_ frame: AckFrame) -> Bool {
        recovery.onAck(frame, in: &space, provesProgress: true, now: now)
    }

    func expireLossTimer() {
        recovery.onLossTimer(in: &space, now: now)
    }

    /// The numbers that the last call declared lost.
    var lost: [UInt64] { recovery.lost.map(\.streamOffset) }
    /// The numbers that the last call found acknowledged.
    var acked: [UInt64] { recovery.acked.map(\.streamOffset) }
}
