@testable import SUDPProtocol

/// Sending, losses and acknowledgements of every kind against an array of states.
struct AcknowledgementsFuzz {
    private let rig = RecoveryRig()
    /// What became of every number, as far as the fuzzer knows.
    private var states: [SentPacket.State] = []
    private var eliciting: [Bool] = []

    static func violation(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        var fuzz = AcknowledgementsFuzz()
        while !input.isAtEnd, fuzz.states.count < 5000 {
            do throws(Ending) {
                if let violation = try fuzz.step(&input) { return violation }
            } catch {
                return nil
            }
        }
        return nil
    }

    /// A dishonest acknowledgement ends the connection, and the fuzzing.
    private enum Ending: Error {
        case dishonest
    }

    private mutating func step(_ input: inout FuzzInput) throws(Ending) -> String? {
        switch input.byte() % 16 {
        case 0..<5: send(Int(input.byte() % 20), isAckEliciting: true)
        case 5: send(Int(input.byte() % 20), isAckEliciting: false)
        case 6:
            rig.space.skipNumber(
                random: input.short(), windowPackets: Int(input.byte()), now: rig.now)
            while states.count < Int(rig.space.sent.nextNumber) {
                states.append(.skipped)
                eliciting.append(false)
            }
        case 7: rig.wait(UInt64(input.byte()))
        case 8: rig.wait(input.short())
        case 9:
            rig.expireLossTimer()
            return noteLosses()
        case 10: rig.recovery.onProbeTimeout()
        case 11: return try acknowledge(input.string())
        default: return try acknowledge(nearTheEnd(&input))
        }
        return check()
    }

    private mutating func send(_ count: Int, isAckEliciting: Bool) {
        rig.send(count, isAckEliciting: isAckEliciting)
        states += [SentPacket.State](repeating: .outstanding, count: count)
        eliciting += [Bool](repeating: isAckEliciting, count: count)
    }

    /// The bytes of an ACK frame with some ranges among the last numbers sent.
    private func nearTheEnd(_ input: inout FuzzInput) -> [UInt8] {
        var ranges: [ClosedRange<UInt64>] = []
        var high = rig.space.sent.nextNumber &+ 1 &- UInt64(input.byte() % 32)
        for _ in 0...(input.byte() % 4) {
            guard high <= 1 << 61 else { break }
            let low = high - min(high, UInt64(input.byte() % 64))
            ranges.append(low...high)
            let gap = 2 + UInt64(input.byte() % 8)
            guard low >= gap else { break }
            high = low - gap
        }
        return encodedAck(ranges, delayMicroseconds: input.short())
    }

    private mutating func acknowledge(_ bytes: [UInt8]) throws(Ending) -> String? {
        let answer: (ranges: [ClosedRange<UInt64>], isHonest: Bool)? = bytes.withUnsafeBytes {
            var reader = ByteReader($0)
            guard let frame = AckFrame(&reader, hasECN: false) else { return nil }
            let isHonest = rig.ack(frame)
            return (frame.ranges, isHonest)
        }
        guard let answer else { return nil }
        let (ranges, isHonest) = answer
        let isKnown = (ranges.first?.upperBound ?? 0) < states.count
        let skipped = rig.space.skipped
        guard isHonest else {
            let hasReason =
                !isKnown
                || states.indices.contains { index in
                    states[index] == .skipped && ranges.contains { $0.contains(UInt64(index)) }
                }
            guard hasReason else { return "an honest acknowledgement is refused: \(ranges)" }
            throw .dishonest
        }
        guard isKnown, !skipped.contains(where: { number in ranges.contains { $0 ~= number } })
        else { return "a dishonest acknowledgement is taken: \(ranges)" }
        return noteAcknowledged(ranges)
    }

    private mutating func noteAcknowledged(_ ranges: [ClosedRange<UInt64>]) -> String? {
        for packet in rig.recovery.acked {
            let number = Int(packet.streamOffset)
            guard states[number] == .outstanding || states[number] == .lost,
                ranges.contains(where: { $0.contains(packet.streamOffset) })
            else { return "\(number) is acknowledged twice or unasked" }
            states[number] = .acknowledged
        }
        return noteLosses()
    }

    private mutating func noteLosses() -> String? {
        for packet in rig.recovery.lost {
            let number = Int(packet.streamOffset)
            guard states[number] == .outstanding else { return "\(number) is lost, but not out" }
            states[number] = .lost
        }
        return check()
    }

    private func check() -> String? {
        let sent = rig.space.sent
        let flying = states.indices.filter { states[$0] == .outstanding && eliciting[$0] }
        guard sent.bytesInFlight == flying.count * 1000 else {
            return "\(sent.bytesInFlight) bytes in flight instead of \(flying.count * 1000)"
        }
        guard sent.oldestAckEliciting() == flying.first.map(UInt64.init) else {
            return "\(String(describing: sent.oldestAckEliciting())) is not the oldest in flight"
        }
        let rtt = rig.recovery.rtt
        guard rtt.minRTT > .zero, rtt.latestRTT > .zero,
            rig.recovery.probeTimeout(isInitial: false) >= Limits.granularity
        else { return "a round trip of nothing: \(rtt)" }
        return nil
    }
}
