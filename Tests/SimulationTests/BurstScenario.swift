import SUDPProtocol
import SUDPSimulator

/// The rig of the recovery tests: a client that writes a burst into a quiet connection.
///
/// 100 ms round trip, Reno with an initial window of 10 packets, plaintext so that packets can be
/// read.
enum BurstScenario {
    /// When the burst is written, after the start: the opening has long been acknowledged.
    static let writeTime = TimeSpan.milliseconds(600)
    private static let writeDelay = TimeSpan.milliseconds(500)

    /// How many stream bytes fill this many packets, up to 13, when nothing else is sent.
    static func byteCount(packets: UInt64) -> UInt64 {
        packets == 0 ? 0 : 1179 + (packets - 1) * 1178
    }

    /// A burst of so many full packets; the stream stays open.
    static func make(packets: UInt64, roundTrip: TimeSpan = .milliseconds(100)) -> Scenario {
        make(bytes: byteCount(packets: packets), roundTrip: roundTrip)
    }

    static func make(bytes: UInt64, roundTrip: TimeSpan = .milliseconds(100)) -> Scenario {
        var scenario = Scenario(.plaintext, roundTrip: roundTrip)
        scenario.client.writes = [.init(after: writeDelay, bytes)]
        scenario.client.finishes = false
        scenario.server.finishes = false
        scenario.capturesDatagrams = true
        scenario.clientConfiguration.congestionControl = .reno
        return scenario
    }
}

extension Instant {
    /// Milliseconds since the burst was written.
    var sinceBurst: Double {
        Double(nanoseconds) / 1e6 - Double((Instant.start + BurstScenario.writeTime).nanoseconds)
            / 1e6
    }
}

extension TimeSpan {
    var milliseconds: Double { Double(nanoseconds) / 1e6 }
}
