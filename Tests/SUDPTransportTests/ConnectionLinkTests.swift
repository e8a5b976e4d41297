import SUDPProtocol
import Testing

@testable import SUDPTransport

@Suite struct ConnectionLinkTests {
    private let mailbox: Mailbox<DriverMessage>
    private let link: ConnectionLink

    init() throws {
        mailbox = try Mailbox()
        link = ConnectionLink(remote: NetworkAddress(ipv4: 0, port: 1), mailbox: mailbox)
    }

    @Test func `the driver is told once of any number of writes`() {
        for _ in 0..<3 { expectTaken(link.write(ByteBlock([1, 2]))) }
        #expect(messageCount() == 1)

        #expect(link.collect(room: 100).blocks.count == 3)
        expectTaken(link.write(ByteBlock([3])))
        #expect(messageCount() == 1)
    }

    @Test func `blocks are taken while there is room and in order`() {
        for byte: UInt8 in 1...4 { expectTaken(link.write(ByteBlock([byte, byte]))) }
        link.finish()

        let first = link.collect(room: 3)
        let second = link.collect(room: 100)

        #expect(first.blocks.map(\.bytes) == [[1, 1], [2, 2]])
        #expect(!first.isFinished)
        #expect(second.blocks.map(\.bytes) == [[3, 3], [4, 4]])
        #expect(second.isFinished)
    }

    @Test(arguments: [1, 64 * 1024])
    func `a writer has to wait when enough is queued`(byteCount: Int) {
        var count = 0
        while case .taken = link.write(ByteBlock([UInt8](repeating: 0, count: byteCount))) {
            count += 1
        }

        #expect(count == min(LinkState.outgoingBlockLimit, LinkState.maximumOutgoing / byteCount))
        #expect(link.collect(room: .max).blocks.count == count)
        expectTaken(link.write(ByteBlock([1])))
    }

    @Test func `a small send buffer bounds what waits before it, too`() {
        let link = ConnectionLink(
            remote: NetworkAddress(ipv4: 0, port: 1), mailbox: mailbox, sendBufferLimit: 100)
        expectTaken(link.write(ByteBlock([UInt8](repeating: 0, count: 100))))
        guard case .noRoom = link.write(ByteBlock([1])) else {
            Issue.record("taken beyond the limit")
            return
        }
    }

    @Test func `a reader that caught up has the driver go on`() {
        let block = [UInt8](repeating: 0, count: LinkState.readAheadLimit)
        #expect(link.deliver([ByteBlock(block)], end: nil, isHeldBack: true) == 0)
        #expect(messageCount() == 0)

        guard case .block = link.read() else {
            Issue.record("nothing to read")
            return
        }

        #expect(messageCount() == 1)
        #expect(link.collect(room: 0).readRoom == LinkState.readAheadLimit)
    }

    @Test func `a driver that finds the reader waiting goes on by itself`() {
        #expect(link.deliver([], end: nil, isHeldBack: true) == LinkState.readAheadLimit)
        #expect(link.deliver([ByteBlock([1])], end: nil, isHeldBack: false) == 0)
    }

    @Test func `no more blocks are read ahead than the limit`() {
        let blocks = (0..<LinkState.readAheadBlockLimit).map { _ in ByteBlock([1]) }

        #expect(link.deliver(blocks, end: nil, isHeldBack: true) == 0)
        #expect(link.collect(room: 0).readRoom == 0)
    }

    @Test func `what was received is read before the end is told`() {
        _ = link.deliver([ByteBlock([1])], end: .finished, isHeldBack: false)
        link.onClosed(.closed(.complete), statistics: Statistics())

        guard case .block = link.read(), case .ended(.finished) = link.read() else {
            Issue.record("the end came first")
            return
        }
    }

    private func expectTaken(_ writing: ConnectionLink.Writing) {
        guard case .taken = writing else {
            Issue.record("\(writing)")
            return
        }
    }

    private func messageCount() -> Int { mailbox.takeAll(wasSignalled: false).count }
}
