package import SUDPProtocol

/// A sender with more to send than fits through a bottleneck, for the tests of congestion control.
package struct BulkTransfer {
    package var megabitsPerSecond: Double
    package var roundTrip: TimeSpan
    /// The queue before the bottleneck, in bandwidth-delay products.
    package var queue = 1.0
    package var loss = 0.0
    package var control = CongestionControl.bbr
    package var seed: UInt64 = 1
    package var clients = 1

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
        scenario.clientSpacing = .milliseconds(300)
        scenario.uplink = [
            Loss(loss),
            SharedBottleneck(
                bytesPerSecond: bytesPerSecond,
                queueLimit: UInt64(queue * Double(bandwidthDelayProduct))),
            Delay(roundTrip / 2),
        ]
        scenario.clientConfiguration.congestionControl = control
        scenario.client = ApplicationScript(sends: 100_000_000_000)
        scenario.client.blockSize = 65_536
        return scenario
    }

    /// The share of the bottleneck that the stream's bytes took in a time after the start.
    package func share(of received: UInt64, in span: TimeSpan) -> Double {
        Double(received) / (Double(bytesPerSecond) * span.seconds)
    }
}
