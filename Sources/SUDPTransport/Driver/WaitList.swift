/// The tasks and threads that wait for conditions on one state; kept under that state's lock.
struct WaitList<Condition: Sendable>: Sendable {
    /// The name of one entry.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry: Sendable {
        let ticket: Ticket
        let condition: Condition
        let waiter: Waiter
    }

    private var entries: [Entry] = []
    private var lastNumber: UInt64 = 0

    /// Makes a name for an entry that may follow.
    mutating func makeTicket() -> Ticket {
        lastNumber &+= 1
        return Ticket(number: lastNumber)
    }

    /// Adds an entry.
    mutating func add(_ waiter: Waiter, for condition: Condition, ticket: Ticket) {
        entries.append(Entry(ticket: ticket, condition: condition, waiter: waiter))
    }

    /// Takes one entry out, if it is still there; resume it outside of the lock.
    mutating func remove(_ ticket: Ticket) -> Waiter? {
        guard let index = entries.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        return entries.remove(at: index).waiter
    }

    /// Takes out those whose condition holds; resume them outside of the lock.
    mutating func takeReady(_ holds: (Condition) -> Bool) -> [Waiter] {
        guard entries.contains(where: { holds($0.condition) }) else { return [] }
        let ready = entries.filter { holds($0.condition) }
        entries.removeAll { holds($0.condition) }
        return ready.map(\.waiter)
    }
}
