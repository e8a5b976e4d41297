import SUDPSimulator
import Testing

@testable import SUDPProtocol

@Suite struct DisjointRangesTests {
    private static let space: UInt64 = 64

    /// The set as naive code sees it: one integer at a time.
    private func ranges(of members: Set<UInt64>) -> [Range<UInt64>] {
        var ranges: [Range<UInt64>] = []
        for member in members.sorted() {
            if let last = ranges.last, last.upperBound == member {
                ranges[ranges.count - 1] = last.lowerBound..<(member + 1)
            } else {
                ranges.append(member..<(member + 1))
            }
        }
        return ranges
    }

    private func randomRange(_ random: inout SeededRandom) -> Range<UInt64> {
        let low = random.below(Self.space)
        return low..<(low + random.below(random.chance(0.3) ? Self.space - low + 1 : 5))
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `random operations agree with a set of integers`(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var tested = DisjointRanges()
        var members: Set<UInt64> = []
        for _ in 0..<400 {
            switch random.below(10) {
            case 0..<4:
                let range = randomRange(&random)
                tested.insert(range)
                members.formUnion(range)
            case 4..<7:
                let range = randomRange(&random)
                tested.remove(range)
                members.subtract(range)
            case 7:
                let count = random.below(4)
                let taken = tested.takeFirst(count)
                let expected = ranges(of: members).first.flatMap { first in
                    count == 0 ? nil : first.prefix(Int(count))
                }
                #expect(taken == expected)
                if let taken { members.subtract(taken) }
            case 8:
                guard let first = tested.first else { continue }
                tested.removeFirst()
                members.subtract(first)
            default:
                let range = randomRange(&random)
                #expect(
                    tested.missing(in: range) == ranges(of: Set(range).subtracting(members)))
            }
            #expect(tested.ranges == ranges(of: members))
            #expect(tested.count == tested.ranges.count)
            let value = random.below(Self.space)
            #expect(tested.contains(value) == members.contains(value))
        }
    }

    @Test func `neighbours become one`() {
        var ranges = DisjointRanges()
        ranges.insert(4..<6)
        ranges.insert(0..<2)
        ranges.insert(2..<4)
        #expect(ranges.ranges == [0..<6])
    }

    @Test func `empty ranges change nothing`() {
        var ranges = DisjointRanges()
        ranges.insert(3..<3)
        #expect(ranges.isEmpty)
        ranges.insert(1..<9)
        ranges.insert(4..<4)
        ranges.remove(5..<5)
        #expect(ranges.ranges == [1..<9])
        #expect(ranges.missing(in: 5..<5).isEmpty)
    }

    @Test func `the ends of the number space are ordinary numbers`() {
        var ranges = DisjointRanges()
        ranges.insert(0..<1)
        ranges.insert((.max - 1)..<(.max))
        ranges.insert(0..<(.max))
        #expect(ranges.ranges == [0..<(.max)])
        ranges.remove(0..<(.max))
        #expect(ranges.isEmpty)
    }
}
