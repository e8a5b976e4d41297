internal import Synchronization

/// The system calls on sockets that this process made; each driver adds its own once a turn.
enum SocketCalls {
    private static let sum = Atomic<UInt64>(0)

    static var total: UInt64 { sum.load(ordering: .relaxed) }

    static func add(_ count: UInt64) {
        sum.add(count, ordering: .relaxed)
    }
}
