/// Counts how often something happened, for rules that copies of an element share.
package final class Counter {
    package private(set) var count = 0

    package init() {}

    /// Counts one more and returns the new count, from 1.
    package func next() -> Int {
        count += 1
        return count
    }
}
