import SUDPCrypto
import Testing

@testable import SUDPProtocol

/// What recovery with CUBIC sends, packet by packet.
///
/// RFC 9002 §7.3 reduces the window at once where TCP's scripts spread the reduction (RFC 9937).
@Suite struct CubicRecoveryTests {
    @Test func `the lost packet goes at once, then the window empties, then one for one`() throws {
        let script = try AckScript(.cubic)
        #expect(script.write(100_000) == Array(1...10))
        script.wait(100)
        // Slow start goes on (RFC 9002 §7.3.1): two for one, where RFC 3042 lets one go.
        #expect(script.acknowledge(2...3) == [[11, 12], [13, 14]])
        // RFC 9002 §7.3.2: a single packet before the reduction, of 13 packets to 9.1.
        #expect(script.deliver(script.acknowledgement(4)) == [1])
        #expect(script.window == 9.1)
        #expect(script.acknowledge(5...10) == [[], [], [15], [16], [17], [18]])
        script.wait(90)
        #expect(script.acknowledge(11...14) == [[19], [20], [21], [22]])
        #expect(script.deliver(script.acknowledgement(1)) == [23])
        #expect(script.window == 9.1)
        #expect(script.statistics.congestionEvents == 1)
        #expect(script.statistics.packetsLost == 1)
        #expect(script.statistics.bytesInFlight == 9 * 1200)
    }

    @Test func `two runs of lost packets are filled as the window allows, each reduced for once`()
        throws
    {
        let script = try AckScript(.cubic)
        #expect(script.write(100_000) == Array(1...10))
        script.wait(100)
        #expect(script.acknowledge(5...6) == [[11, 12], [13, 14]])
        // Four are gone from the flight, more than the reduction from 13 packets to 9.1 takes.
        #expect(script.deliver(script.acknowledgement(7)) == [1, 2])
        #expect(script.window == 9.1)
        #expect(script.acknowledge(8...10) == [[3], [4], [15]])
        script.wait(96)
        #expect(script.acknowledge(1...2) == [[16], [17]])
        // RFC 9002 §6.1.1: three later packets arrived. What went before recovery reduces nothing.
        #expect(script.deliver(script.acknowledgement(3)) == [11, 12, 13, 14, 18])
        #expect(script.deliver(script.acknowledgement(4)) == [19])
        #expect(script.statistics.congestionEvents == 1)
        script.wait(97)
        // RFC 9002 §6.1.2: 15 is overdue, and went during recovery: another reduction.
        #expect(script.deliver(script.acknowledgement(17)) == [15])
        #expect(abs(script.window - 0.7 * 9.3) < 0.1)
        #expect(script.acknowledge(11...14) == [[], [16], [20], [21]])
        #expect(script.acknowledge(18...19) == [[22], [23]])
        #expect(script.statistics.congestionEvents == 2)
        #expect(script.statistics.packetsLost == 10)
        #expect(script.statistics.probeTimeouts == 0)
    }

    @Test func `an acknowledgement overtaken by a newer one still tells what that one leaves out`()
        throws
    {
        let script = try AckScript(.cubic)
        #expect(script.write(100_000) == Array(1...10))
        script.wait(100)
        #expect(script.acknowledge(2...6) == [[11, 12], [13, 14], [1], [], []])
        let known = script.acknowledgement(only: 5, 6)
        let overtaken = script.acknowledgement(only: 7, 8)
        #expect(script.deliver(script.acknowledgement(only: 9)) == [15])
        #expect(script.deliver(known) == [])
        #expect(script.deliver(overtaken) == [16, 17])
        #expect(script.deliver(overtaken) == [])
        #expect(script.statistics.packetsLost == 1)
        #expect(script.statistics.congestionEvents == 1)
    }

    // RFC 9002 §7.6 in place of a retransmission timeout, whose back-off alone reduces nothing.
    @Test func `after persistent congestion two packets grow to the threshold, then as CUBIC does`()
        throws
    {
        let script = try AckScript(.cubic)
        #expect(script.write(100_000) == Array(1...10))
        #expect(script.expireTimer() == [11, 12])
        #expect(script.expireTimer() == [1, 2])
        #expect(script.window == 10)
        #expect(script.expireTimer() == [1, 2])
        script.wait(100)
        // Two acknowledged packets made it 12; the threshold is 8.4.
        #expect(script.deliver(script.acknowledgement(1, 2)) == [3, 4])
        #expect(script.window == 2)
        script.wait(99)
        #expect(script.acknowledge(3...4) == [[5, 6], [7, 8]])
        script.wait(98)
        #expect(script.acknowledge(5...8) == [[9, 10], [11, 12], [13, 14], [15, 16]])
        script.wait(96)
        #expect(script.acknowledge(9...10) == [[17, 18], [19]])
        #expect(script.window > 9 && script.window < 9.1)
        #expect(script.acknowledge(11...16) == (20...25).map { [$0] })
        script.wait(92)
        // RFC 9438 §4.3: 0.53 packets per window until the window before the loss is reached.
        _ = script.acknowledge(17...26)
        #expect(abs(script.window - 10) < 0.05)
        #expect(script.statistics.congestionEvents == 1)
    }
}
