package import SUDPProtocol

/// Everything that decides a simulation; the same scenario always runs the same way.
package struct Scenario {
    package var seed: UInt64 = 1
    package var mode: SecurityMode
    /// How many clients there are, each with a host and links of its own.
    package var clientCount = 1
    /// How long after the start, and after the client before, each client connects.
    package var clientSpacing = TimeSpan.zero
    /// What datagrams pass from a client to the server.
    package var uplink: [any NetworkElement]
    /// What datagrams pass from the server to a client.
    package var downlink: [any NetworkElement]
    package var client = ApplicationScript()
    package var server = ApplicationScript()
    package var clientConfiguration = ConnectionConfiguration()
    /// The congestion control of the first client, where it is another.
    package var firstControl: CongestionControl?
    package var serverConfiguration = ConnectionConfiguration()
    package var identity = TestIdentity.ordinary
    /// What the first client resumes a session by, and whether it writes before it is established.
    package var resumption = Resumption()
    /// Whether datagrams that arrive at one instant make a train, as with GRO.
    package var coalescesTrains = false
    /// Whether every datagram is kept for inspection.
    package var capturesDatagrams = false

    /// A client and a server with `roundTrip` between them and a network without faults.
    package init(_ mode: SecurityMode, roundTrip: TimeSpan = .milliseconds(100)) {
        self.mode = mode
        uplink = [Delay(roundTrip / 2)]
        downlink = [Delay(roundTrip / 2)]
    }
}
