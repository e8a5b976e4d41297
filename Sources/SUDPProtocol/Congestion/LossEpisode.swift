/// The packets for whose loss the window was last reduced, until they turn out to have arrived.
struct LossEpisode {
    private var initial = DisjointRanges()
    private var session = DisjointRanges()

    private var isEmpty: Bool { initial.isEmpty && session.isEmpty }

    /// Adds the number of a packet; the opening counts its packets apart.
    mutating func add(_ number: UInt64, isInitial: Bool) {
        if isInitial {
            initial.insert(number..<(number + 1))
        } else {
            session.insert(number..<(number + 1))
        }
    }

    /// Takes out what arrived after all; true when nothing is left of what there was.
    mutating func remove(_ numbers: [UInt64], isInitial: Bool) -> Bool {
        guard !isEmpty else { return false }
        for number in numbers {
            if isInitial {
                initial.remove(number..<(number + 1))
            } else {
                session.remove(number..<(number + 1))
            }
        }
        return isEmpty
    }
}
