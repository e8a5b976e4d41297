/// Decides whether ack-eliciting data may be sent now; a pure function of what limits it.
struct TransmitGate {
    enum Verdict: Equatable {
        /// So many bytes of datagrams may go.
        case open(Int)
        /// Pacing opens the gate at this moment.
        case paced(until: Instant)
        case congested
        case unvalidated
    }

    var window: Int
    var bytesInFlight: Int
    var amplificationAllowance: Int
    var pacingAllowance: Int
    /// Less than this pacing does not release at once.
    var quantum: Int
    var pacedUntil: Instant
    /// Probes go whatever the window says (RFC 9002 §7.5).
    var probes: Int

    /// `wanted` is the size of the next datagram.
    func verdict(wanted: Int, datagramSize: Int) -> Verdict {
        guard amplificationAllowance >= wanted else { return .unvalidated }
        guard probes == 0 else {
            return .open(min(probes * datagramSize, amplificationAllowance))
        }
        let room = window - bytesInFlight
        guard room >= wanted else { return .congested }
        guard pacingAllowance >= max(wanted, min(quantum, room)) else {
            return .paced(until: pacedUntil)
        }
        return .open(min(room, pacingAllowance, amplificationAllowance))
    }
}
