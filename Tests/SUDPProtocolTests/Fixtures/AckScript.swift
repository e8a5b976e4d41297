import SUDPCrypto
import SUDPSimulator

@testable import SUDPProtocol

/// A sender of a long stream whose packets a script acknowledges by hand, 100 ms away.
///
/// A packet is known by the piece of the stream that it carries, counted from 1; a piece that is
/// sent again keeps its number, and arrives in its last packet.
final class AckScript {
    private let pair: CorePair
    /// Where the pieces begin in the stream.
    private var starts: [UInt64] = []
    /// The packet that carried each piece last.
    private var numbers: [Int: UInt64] = [:]
    private var arrived = DisjointRanges()

    init(_ control: CongestionControl) throws {
        var configuration = ConnectionConfiguration()
        configuration.congestionControl = control
        pair = try CorePair(configuration: configuration)
        for _ in 0..<4 { exchange() }
        pair.wait(.seconds(1))
    }

    private func exchange() {
        let (client, server) = (pair.client, pair.server)
        let up = client.transmit(now: pair.now)
        pair.wait(.milliseconds(50))
        for sent in up { server.receive(sent.bytes, from: client.address, now: pair.now) }
        server.core.handleTimeout(now: pair.now)
        let down = server.transmit(now: pair.now)
        pair.wait(.milliseconds(50))
        for sent in down { client.receive(sent.bytes, from: server.address, now: pair.now) }
        client.core.handleTimeout(now: pair.now)
    }

    var statistics: ConnectionStatistics { pair.client.core.statistics }
    /// The congestion window in packets.
    var window: Double { Double(statistics.congestionWindow) / 1200 }

    /// Writes the stream; the pieces that go at once.
    func write(_ byteCount: Int) -> [Int] {
        arrived.insert(0..<pair.client.core.session.sent.nextNumber)
        pair.client.core.write(ByteBlock([UInt8](repeating: 7, count: byteCount)), now: pair.now)
        return transmit()
    }

    func wait(_ milliseconds: UInt64) {
        pair.wait(.milliseconds(milliseconds))
    }

    /// The acknowledgement that the receiver sends when these pieces arrived after all before.
    func acknowledgement(_ pieces: Int...) -> [UInt8] {
        for piece in pieces { note(piece, in: &arrived) }
        return packet(arrived)
    }

    /// An acknowledgement that leaves out all but these pieces.
    func acknowledgement(only pieces: Int...) -> [UInt8] {
        var ranges = DisjointRanges()
        for piece in pieces { note(piece, in: &ranges) }
        return packet(ranges)
    }

    private func note(_ piece: Int, in ranges: inout DisjointRanges) {
        guard let number = numbers[piece] else { return }
        ranges.insert(number..<(number + 1))
    }

    private func packet(_ ranges: DisjointRanges) -> [UInt8] {
        pair.server.sealed {
            $0.writeAck(ranges, above: 0, delay: .zero, ecn: ECNCounts())
        }
    }

    /// Delivers an acknowledgement after another millisecond; the pieces that it releases.
    func deliver(_ acknowledgement: [UInt8]) -> [Int] {
        wait(1)
        pair.client.receive(acknowledgement, from: pair.server.address, now: pair.now)
        return transmit()
    }

    /// What each of these pieces releases when its arrival is acknowledged, one after the other.
    func acknowledge(_ pieces: ClosedRange<Int>) -> [[Int]] {
        pieces.map { deliver(acknowledgement($0)) }
    }

    /// Lets the sender's next timer expire; the pieces that it sends.
    func expireTimer() -> [Int] {
        guard let time = pair.client.core.nextTimeout, time >= pair.now else { return [] }
        pair.wait(time - pair.now)
        pair.client.core.handleTimeout(now: pair.now)
        return transmit()
    }

    private func transmit() -> [Int] {
        pair.client.transmit(now: pair.now).compactMap { sent in
            guard let packet = ObservedPacket(sent.bytes), let range = packet.streamRange else {
                return nil
            }
            let piece = index(of: range.lowerBound)
            numbers[piece] = packet.number
            return piece
        }
    }

    private func index(of start: UInt64) -> Int {
        if let known = starts.firstIndex(of: start) { return known + 1 }
        starts.append(start)
        return starts.count
    }
}
