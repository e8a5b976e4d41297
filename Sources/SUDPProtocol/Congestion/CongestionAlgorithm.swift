/// One of the ways to find the window and the rate.
enum CongestionAlgorithm {
    case reno(NewReno)
    case cubic(Cubic)
    case bbr(BBR)

    /// `seed` decides what the algorithm leaves to chance.
    init(_ control: CongestionControl, datagramSize: Int, seed: UInt64) {
        switch control {
        case .reno: self = .reno(NewReno(datagramSize: datagramSize))
        case .cubic: self = .cubic(Cubic(datagramSize: datagramSize))
        case .bbr: self = .bbr(BBR(datagramSize: datagramSize, seed: seed))
        }
    }

    var window: Int {
        switch self {
        case .reno(let reno): reno.window
        case .cubic(let cubic): cubic.window
        case .bbr(let bbr): bbr.window
        }
    }

    /// How often the algorithm took losses for congestion.
    var congestionEvents: UInt64 {
        switch self {
        case .reno(let reno): reno.congestionEvents
        case .cubic(let cubic): cubic.congestionEvents
        case .bbr(let bbr): bbr.recovery.congestionEvents
        }
    }

    /// Bytes per nanosecond.
    func pacingRate(smoothedRTT: TimeSpan) -> Double {
        switch self {
        case .reno(let reno):
            return Pacer.rate(
                window: reno.window, isInSlowStart: reno.isInSlowStart, smoothedRTT: smoothedRTT)
        case .cubic(let cubic):
            return Pacer.rate(
                window: cubic.window, isInSlowStart: cubic.isInSlowStart, smoothedRTT: smoothedRTT)
        case .bbr(let bbr):
            guard bbr.pacingRate == 0 else { return bbr.pacingRate }
            return Double(Limits.bbrStartupGainPercent) / 100 * Double(bbr.window)
                / Double(max(smoothedRTT.nanoseconds, 1))
        }
    }

    /// Whether the algorithm, not the path, limits what is in flight for a while.
    var holdsBack: Bool {
        guard case .bbr(let bbr) = self else { return false }
        return bbr.isProbingRTT
    }

    /// Whether it sends faster than the path is known to deliver.
    var isProbing: Bool {
        guard case .bbr(let bbr) = self else { return false }
        return bbr.phase == .up
    }

    mutating func setDatagramSize(_ size: Int) {
        switch self {
        case .reno(var reno):
            reno.setDatagramSize(size)
            self = .reno(reno)
        case .cubic(var cubic):
            cubic.setDatagramSize(size)
            self = .cubic(cubic)
        case .bbr(var bbr):
            bbr.setDatagramSize(size)
            self = .bbr(bbr)
        }
    }

    /// Takes notice that a packet goes while no other is in flight.
    mutating func onRestart(isAppLimited: Bool, now: Instant) {
        switch self {
        case .reno: break
        case .cubic(var cubic):
            cubic.onRestart(now: now)
            self = .cubic(cubic)
        case .bbr(var bbr):
            guard isAppLimited else { return }
            bbr.onRestart(now: now)
            self = .bbr(bbr)
        }
    }

    /// Lets the loss-based algorithms grow by packets that arrived.
    mutating func onAcked(
        _ packets: some Sequence<SentPacket>, usage: WindowUsage, smoothedRTT: TimeSpan,
        now: Instant
    ) {
        switch self {
        case .reno(var reno):
            for packet in packets {
                reno.onAcked(Int(packet.byteCount), sentTime: packet.sentTime, usage: usage)
            }
            self = .reno(reno)
        case .cubic(var cubic):
            for packet in packets {
                cubic.onAcked(
                    Int(packet.byteCount), sentTime: packet.sentTime, usage: usage,
                    smoothedRTT: smoothedRTT, now: now)
            }
            self = .cubic(cubic)
        case .bbr(var bbr):
            guard bbr.competition.isOn else { return }
            for packet in packets {
                bbr.competition.onAcked(
                    Int(packet.byteCount), sentTime: packet.sentTime, usage: usage,
                    smoothedRTT: smoothedRTT, now: now)
            }
            self = .bbr(bbr)
        }
    }

    /// Takes the sum of an acknowledgement, after its losses.
    mutating func onAck(_ summary: AckSummary) {
        switch self {
        case .reno: break
        case .cubic(var cubic):
            cubic.onAck(summary)
            self = .cubic(cubic)
        case .bbr(var bbr):
            bbr.onAck(summary)
            self = .bbr(bbr)
        }
    }

    /// Takes notice of losses; true when they began a recovery.
    mutating func onLost(newestSentTime: Instant, now: Instant) -> Bool {
        let began: Bool
        switch self {
        case .reno(var reno):
            began = reno.onLost(newestSentTime: newestSentTime, now: now)
            self = .reno(reno)
        case .cubic(var cubic):
            began = cubic.onLost(newestSentTime: newestSentTime, now: now)
            self = .cubic(cubic)
        case .bbr(var bbr):
            began = bbr.beginRecovery(newestSentTime: newestSentTime, now: now)
            self = .bbr(bbr)
        }
        return began
    }

    /// Takes notice of marks of congestion; true when they began a recovery.
    mutating func onMarked(newestSentTime: Instant, now: Instant) -> Bool {
        // BBR weighs them with the acknowledgement that brings them.
        if case .bbr = self { return false }
        return onLost(newestSentTime: newestSentTime, now: now)
    }

    /// Undoes what the last recovery did, because nothing was lost.
    mutating func undo(now: Instant) {
        switch self {
        case .reno(var reno):
            reno.undo()
            self = .reno(reno)
        case .cubic(var cubic):
            cubic.undo()
            self = .cubic(cubic)
        case .bbr(var bbr):
            bbr.undo(now: now)
            self = .bbr(bbr)
        }
    }

    mutating func onPersistentCongestion() {
        switch self {
        case .reno(var reno):
            reno.onPersistentCongestion()
            self = .reno(reno)
        case .cubic(var cubic):
            cubic.onPersistentCongestion()
            self = .cubic(cubic)
        case .bbr(var bbr):
            bbr.onPersistentCongestion()
            self = .bbr(bbr)
        }
    }
}
