package import SUDPProtocol

/// A queue of events by time; events of one instant leave in the order in which they were added.
package struct EventQueue<Event> {
    private struct Entry {
        let time: Instant
        let order: UInt64
        let event: Event

        func precedes(_ other: Entry) -> Bool {
            time != other.time ? time < other.time : order < other.order
        }
    }

    private var heap: [Entry] = []
    private var nextOrder: UInt64 = 0

    package init() {}

    /// When the first event is due.
    package var nextTime: Instant? { heap.first?.time }

    /// The first event without taking it.
    package var first: Event? { heap.first?.event }

    package mutating func add(_ event: Event, at time: Instant) {
        heap.append(Entry(time: time, order: nextOrder, event: event))
        nextOrder += 1
        siftUp(from: heap.count - 1)
    }

    /// Takes the first event and its time.
    package mutating func removeFirst() -> (time: Instant, event: Event)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown()
        return (first.time, first.event)
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
