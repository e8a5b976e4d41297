package import SUDPProtocol

/// A sender with more to send than fits through a bottleneck, for the tests of congestion control.
package struct BulkTransfer {
    package var megabitsPerSecond: Double
    package var roundTrip: TimeSpan
    /// The queue before the bottleneck, in bandwidth-delay products.
    package var queue = 1.0
    package var loss = 0.0
    package var control = CongestionControl.bbr
    /// What the first client uses instead.
    package var firstControl: CongestionControl?
    package var seed: UInt64 = 1
    package var clients = 1
    /// How long after the one before a client begins.
    package var spacing = TimeSpan.milliseconds(300)
    /// The wait in the queue from which on it marks.
    package var markingDelay: TimeSpan?
    /// A policer of the rate before a faster bottleneck; the bytes that it lets pass at once.
    package var policerBurst: UInt64?

    package init(_ megabitsPerSecond: Double, _ roundTrip: TimeSpan) {
        self.megabitsPerSecond = megabitsPerSecond
        self.roundTrip = roundTrip
    }

    private var bytesPerSecond: UInt64 { UInt64(megabitsPerSecond * 125_000) }
    /// What the path holds without a queue, in bytes.
    package var bandwidthDelayProduct: UInt64 {
        UInt64(Double(bytesPerSecond) * roundTrip.seconds)
    }

    package var scenario: Scenario {
        var scenario = Scenario(.plaintext, roundTrip: roundTrip)
        scenario.seed = seed
        scenario.coalescesTrains = true
        scenario.clientCount = clients
        scenario.clientSpacing = spacing
        scenario.uplink = [
            Loss(loss),
            SharedBottleneck(
                bytesPerSecond: policerBurst == nil ? bytesPerSecond : 4 * bytesPerSecond,
                queueLimit: UInt64(queue * Double(bandwidthDelayProduct)),
                markingDelay: markingDelay),
            Delay(roundTrip / 2),
        ]
        if let policerBurst {
            scenario.uplink.insert(
                Policer(bytesPerSecond: bytesPerSecond, burst: policerBurst), at: 0)
        }
        scenario.clientConfiguration.congestionControl = control
        scenario.firstControl = firstControl
        scenario.client = ApplicationScript(sends: 100_000_000_000)
        scenario.client.blockSize = 65_536
        return scenario
    }

    /// The share of the bottleneck that the stream's bytes took in a time after the start.
    package func share(of received: UInt64, in span: TimeSpan) -> Double {
        Double(received) / (Double(bytesPerSecond) * span.seconds)
    }
}
