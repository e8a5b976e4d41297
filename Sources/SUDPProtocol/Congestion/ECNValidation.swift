/// Whether the path carries ECN bits, and which marks are new (RFC 9000 §13.4.2).
///
/// The first packets try it; the others carry the bits once a peer's counts proved to be true.
struct ECNValidation {
    private enum State {
        case testing
        /// The tried packets are under way.
        case waiting
        case capable
        case failed
    }

    private var state = State.testing
    private var sentCount: UInt64 = 0
    private var testEnd = Limits.ecnTestPackets
    private var counts = ECNCounts()
    private var largestAcked: UInt64 = 0

    /// What the next packets are sent with.
    var codepoint: ECNCodepoint {
        state == .testing || state == .capable ? .ect0 : .notECT
    }

    var support: ECNSupport {
        switch state {
        case .testing, .waiting: .unknown
        case .capable: .used
        case .failed: .failed
        }
    }

    /// How many packets arrived with a mark of congestion, by the peer's count.
    var marks: UInt64 { counts.ce }

    mutating func onSent(_ packets: Int) {
        sentCount += UInt64(packets)
        if state == .testing, sentCount >= testEnd { state = .waiting }
    }

    /// Another path is to be tried; the peer counts on.
    mutating func restart() {
        state = .testing
        testEnd = sentCount + Limits.ecnTestPackets
    }

    /// The path may drop what carries the bits: what is sent again goes without.
    mutating func onProbeTimeout() {
        if state == .testing { state = .waiting }
    }

    /// Compares what an acknowledgement settled with its counts; returns the number of new marks.
    mutating func onAck(_ reported: ECNCounts?, newlyAcked: Int, largest: UInt64) -> UInt64 {
        guard state != .failed, largest >= largestAcked else { return 0 }
        largestAcked = largest
        guard newlyAcked > 0 else { return 0 }
        guard let reported, isTrue(reported, newlyAcked: UInt64(newlyAcked)) else {
            state = .failed
            return 0
        }
        let marks = reported.ce - counts.ce
        counts = reported
        state = .capable
        return marks
    }

    private func isTrue(_ reported: ECNCounts, newlyAcked: UInt64) -> Bool {
        guard reported.ect1 == 0, reported.ect0 >= counts.ect0, reported.ce >= counts.ce,
            reported.ect0 <= sentCount, reported.ce <= sentCount - reported.ect0
        else { return false }
        return reported.ect0 - counts.ect0 + (reported.ce - counts.ce) >= newlyAcked
    }
}
