internal import DequeModule

/// The sent packets of one space in order of packet number; the first one is outstanding or lost.
struct SentPackets {
    private var packets: Deque<SentPacket> = []
    private(set) var firstNumber: UInt64 = 0
    private(set) var outstandingAckEliciting = 0
    private(set) var bytesInFlight = 0
    /// Packets with lower numbers do not count as in flight.
    private var flightStart: UInt64 = 0
    /// No packet below this number is outstanding.
    private(set) var firstOutstanding: UInt64 = 0
    /// Lost packets that are still remembered.
    private var lostRemembered = 0
    /// The acknowledged numbers: nobody makes us go through them again.
    private var acknowledged = DisjointRanges()

    var nextNumber: UInt64 { firstNumber + UInt64(packets.count) }
    var isFull: Bool { packets.count >= Limits.sentPacketsRemembered }

    subscript(number: UInt64) -> SentPacket? {
        guard number >= firstNumber, number < nextNumber else { return nil }
        return packets[Int(number - firstNumber)]
    }

    mutating func append(_ packet: SentPacket) {
        packets.append(packet)
        if packet.state != .outstanding { advanceFirstOutstanding() }
        guard packet.state == .outstanding, packet.isAckEliciting else { return }
        outstandingAckEliciting += 1
        bytesInFlight += Int(packet.byteCount)
    }

    /// Moves a packet to another state and returns it as it was.
    mutating func mark(_ number: UInt64, _ state: SentPacket.State) -> SentPacket? {
        guard number >= firstNumber, number < nextNumber else { return nil }
        let index = Int(number - firstNumber)
        let packet = packets[index]
        packets[index].state = state
        if packet.state == .lost { lostRemembered -= 1 }
        if state == .lost { lostRemembered += 1 }
        if packet.state == .outstanding, packet.isAckEliciting {
            outstandingAckEliciting -= 1
            if number >= flightStart { bytesInFlight -= Int(packet.byteCount) }
        }
        advanceFirstOutstanding()
        return packet
    }

    /// What is on its way goes through another network than what follows.
    mutating func abandonFlight() {
        flightStart = nextNumber
        bytesInFlight = 0
    }

    /// Nothing that is outstanding will be acknowledged or counts as lost.
    mutating func forgetOutstanding() {
        var number = firstOutstanding
        while number < nextNumber {
            if packets[Int(number - firstNumber)].state == .outstanding {
                _ = mark(number, .acknowledged)
            }
            number += 1
        }
    }

    private mutating func advanceFirstOutstanding() {
        firstOutstanding = max(firstOutstanding, firstNumber)
        while firstOutstanding < nextNumber,
            packets[Int(firstOutstanding - firstNumber)].state != .outstanding
        { firstOutstanding += 1 }
    }

    /// The parts of `range` that may be outstanding or lost, lowest first.
    func unsettled(in range: ClosedRange<UInt64>) -> [Range<UInt64>] {
        let lowest = lostRemembered > 0 ? firstNumber : firstOutstanding
        let lower = max(range.lowerBound, lowest)
        let upper = min(range.upperBound + 1, nextNumber)
        return lower < upper ? acknowledged.missing(in: lower..<upper) : []
    }

    /// Notes that every packet of `range` is acknowledged.
    mutating func settle(_ range: ClosedRange<UInt64>) {
        let lower = max(range.lowerBound, firstNumber)
        let upper = min(range.upperBound + 1, nextNumber)
        if lower < upper { acknowledged.insert(lower..<upper) }
    }

    /// Forgets packets at the front that are settled; lost ones only when sent before `horizon`,
    /// because a late acknowledgement of them proves a spurious loss.
    mutating func forgetSettled(before horizon: Instant) {
        defer {
            advanceFirstOutstanding()
            if let first = acknowledged.first, first.upperBound <= firstNumber {
                acknowledged.remove(0..<firstNumber)
            }
        }
        while let first = packets.first {
            switch first.state {
            case .acknowledged, .skipped: break
            case .lost:
                guard first.sentTime < horizon || isFull else { return }
                lostRemembered -= 1
            case .outstanding:
                guard !first.isAckEliciting, first.sentTime < horizon else { return }
            }
            packets.removeFirst()
            firstNumber += 1
        }
    }

    /// The oldest outstanding packet that asks for an acknowledgement.
    func oldestAckEliciting() -> UInt64? {
        guard outstandingAckEliciting > 0 else { return nil }
        var number = firstOutstanding
        while number < nextNumber {
            let packet = packets[Int(number - firstNumber)]
            if packet.state == .outstanding, packet.isAckEliciting { return number }
            number += 1
        }
        return nil
    }
}
