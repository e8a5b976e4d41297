internal import SUDPProtocol

/// Connections by their deadlines, the earliest first: a binary heap in which each slot knows its
/// place, so that a turn costs nothing for connections that have nothing to do.
struct DeadlineHeap {
    private var slots: [ConnectionSlot] = []

    /// How many connections have a deadline.
    var count: Int { slots.count }

    /// The earliest deadline.
    var first: ConnectionSlot? { slots.first }

    /// Sets, moves or removes the deadline of a connection.
    mutating func update(_ slot: ConnectionSlot, to deadline: Instant?) {
        guard let deadline else { return remove(slot) }
        if let index = slot.heapIndex {
            guard slot.deadline != deadline else { return }
            slot.deadline = deadline
            siftDown(siftUp(index))
        } else {
            slot.deadline = deadline
            slot.heapIndex = slots.count
            slots.append(slot)
            siftUp(slots.count - 1)
        }
    }

    /// Removes the deadline of a connection.
    mutating func remove(_ slot: ConnectionSlot) {
        guard let index = slot.heapIndex else { return }
        let last = slots.removeLast()
        slot.heapIndex = nil
        guard last !== slot else { return }
        place(last, at: index)
        siftDown(siftUp(index))
    }

    @discardableResult
    private mutating func siftUp(_ start: Int) -> Int {
        var index = start
        let slot = slots[index]
        while index > 0 {
            let parent = (index - 1) / 2
            guard slot.deadline < slots[parent].deadline else { break }
            place(slots[parent], at: index)
            index = parent
        }
        place(slot, at: index)
        return index
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        let slot = slots[index]
        while true {
            var child = 2 * index + 1
            guard child < slots.count else { break }
            if child + 1 < slots.count, slots[child + 1].deadline < slots[child].deadline {
                child += 1
            }
            guard slots[child].deadline < slot.deadline else { break }
            place(slots[child], at: index)
            index = child
        }
        place(slot, at: index)
    }

    private mutating func place(_ slot: ConnectionSlot, at index: Int) {
        slots[index] = slot
        slot.heapIndex = index
    }
}
