import Testing

@testable import SUDPProtocol

@Suite struct OutboxTests {
    @Test func `an event that is repeated at once is told once`() {
        var outbox = Outbox()
        for event in [.readable, .readable, .writable, .readable] as [ConnectionEvent] {
            outbox.tell(event)
        }
        #expect(outbox.nextEvent() == .readable)
        #expect(outbox.nextEvent() == .writable)
        #expect(outbox.nextEvent() == .readable)
        #expect(outbox.nextEvent() == nil)
    }

    @Test func `nothing follows the end`() {
        var outbox = Outbox()
        outbox.tell(.closed(.complete))
        outbox.tell(.readable)
        outbox.tell(.closed(.stateLost))
        #expect(outbox.nextEvent() == .closed(.complete))
        #expect(outbox.nextEvent() == nil)
        outbox.tell(.drained)
        #expect(outbox.nextEndpointEvent() == .drained)
        #expect(outbox.nextEndpointEvent() == nil)
    }
}
