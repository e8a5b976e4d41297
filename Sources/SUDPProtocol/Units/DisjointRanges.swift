/// A set of integers as sorted, disjoint, non-adjacent half-open ranges, lowest first.
struct DisjointRanges: Equatable, Sendable {
    private(set) var ranges: [Range<UInt64>] = []

    var isEmpty: Bool { ranges.isEmpty }
    var count: Int { ranges.count }
    var first: Range<UInt64>? { ranges.first }
    var last: Range<UInt64>? { ranges.last }
    subscript(index: Int) -> Range<UInt64> { ranges[index] }

    func contains(_ value: UInt64) -> Bool {
        let index = firstIndex(endingAfter: value)
        return index < ranges.count && ranges[index].lowerBound <= value
    }

    /// The index of the first range whose upper bound is greater than `value`.
    private func firstIndex(endingAfter value: UInt64) -> Int {
        guard let last = ranges.last, last.upperBound > value else { return ranges.count }
        guard last.lowerBound > value else { return ranges.count - 1 }
        var low = 0
        var high = ranges.count - 1
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound > value { high = middle } else { low = middle + 1 }
        }
        return low
    }

    mutating func insert(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        guard let last = ranges.last, range.lowerBound <= last.upperBound else {
            ranges.append(range)
            return
        }
        if range.lowerBound >= last.lowerBound {
            let upper = max(last.upperBound, range.upperBound)
            ranges[ranges.count - 1] = last.lowerBound..<upper
            return
        }
        let start = range.lowerBound == 0 ? 0 : firstIndex(endingAfter: range.lowerBound - 1)
        var end = start
        var merged = range
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
            let lower = min(merged.lowerBound, ranges[end].lowerBound)
            merged = lower..<max(merged.upperBound, ranges[end].upperBound)
            end += 1
        }
        ranges.replaceSubrange(start..<end, with: CollectionOfOne(merged))
    }

    mutating func remove(_ range: Range<UInt64>) {
        guard !range.isEmpty else { return }
        let start = firstIndex(endingAfter: range.lowerBound)
        var end = start
        var rest: [Range<UInt64>] = []
        while end < ranges.count, ranges[end].lowerBound < range.upperBound {
            let existing = ranges[end]
            if existing.lowerBound < range.lowerBound {
                rest.append(existing.lowerBound..<range.lowerBound)
            }
            if existing.upperBound > range.upperBound {
                rest.append(range.upperBound..<existing.upperBound)
            }
            end += 1
        }
        if start < end { ranges.replaceSubrange(start..<end, with: rest) }
    }

    /// Takes at most `count` integers off the lowest range.
    mutating func takeFirst(_ count: UInt64) -> Range<UInt64>? {
        guard let first = ranges.first, count > 0 else { return nil }
        guard first.upperBound - first.lowerBound > count else {
            return ranges.removeFirst()
        }
        let middle = first.lowerBound + count
        ranges[0] = middle..<first.upperBound
        return first.lowerBound..<middle
    }

    mutating func removeFirst() {
        ranges.removeFirst()
    }

    /// The parts of `range` that are not in the set, lowest first.
    func missing(in range: Range<UInt64>) -> [Range<UInt64>] {
        var missing: [Range<UInt64>] = []
        var low = range.lowerBound
        var index = firstIndex(endingAfter: low)
        while index < ranges.count, ranges[index].lowerBound < range.upperBound {
            if low < ranges[index].lowerBound { missing.append(low..<ranges[index].lowerBound) }
            low = ranges[index].upperBound
            index += 1
        }
        if low < range.upperBound { missing.append(low..<range.upperBound) }
        return missing
    }
}
