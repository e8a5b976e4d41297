import SUDPCrypto
import Testing

@testable import SUDPProtocol
@testable import SUDPTransport

@Suite struct DeadlineHeapTests {
    private var heap = DeadlineHeap()
    private let slots: [ConnectionSlot]

    init() throws {
        var endpoint = Endpoint(
            seed: try SystemEntropy.seed(), resetKey: try SystemEntropy.seed(), answersReset: false)
        let path = NetworkPath(
            local: .unspecified(.ipv4), remote: NetworkAddress(ipv4: 0x7f00_0001, port: 1))
        let mailbox = try Mailbox<DriverMessage>()
        var slots: [ConnectionSlot] = []
        for _ in 0..<64 {
            let core = try endpoint.connect(
                to: path, security: .plaintext, configuration: ConnectionConfiguration(),
                now: Instant(nanoseconds: 0))
            let link = ConnectionLink(remote: path.remote, mailbox: mailbox)
            slots.append(ConnectionSlot(core: core, link: link, role: .client))
        }
        self.slots = slots
    }

    @Test mutating func `the earliest comes first whatever is set, moved and removed`() {
        var deadlines: [Int: UInt64] = [:]
        var state: UInt64 = 1
        for _ in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let index = Int(state >> 33) % slots.count
            let time = (state >> 40) % 100
            deadlines[index] = time < 30 ? nil : time
            heap.update(slots[index], to: deadlines[index].map { Instant(nanoseconds: $0) })

            #expect(heap.first?.deadline.nanoseconds == deadlines.values.min())
            #expect(heap.count == deadlines.count)
        }
    }

    @Test mutating func `deadlines come out in order`() {
        for (index, slot) in slots.enumerated() {
            heap.update(slot, to: Instant(nanoseconds: UInt64(index * 37 % 64)))
        }
        var times: [UInt64] = []
        while let first = heap.first {
            times.append(first.deadline.nanoseconds)
            heap.remove(first)
        }

        #expect(times == Array(0..<64))
    }
}
