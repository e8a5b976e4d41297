internal import DequeModule

/// What waits to be told to the application and to the endpoint.
struct Outbox {
    private var events: Deque<ConnectionEvent> = []
    private var endpointEvents: Deque<EndpointEvent> = []
    private var isOver = false

    /// Queues an event once; nothing follows `closed`.
    mutating func tell(_ event: ConnectionEvent) {
        guard !isOver, events.last != event else { return }
        events.append(event)
        if case .closed = event { isOver = true }
    }

    mutating func tell(_ event: EndpointEvent) {
        endpointEvents.append(event)
    }

    mutating func nextEvent() -> ConnectionEvent? { events.popFirst() }
    mutating func nextEndpointEvent() -> EndpointEvent? { endpointEvents.popFirst() }
}
