/// A moment of the monotonic clock that the caller chose, in nanoseconds since its origin.
@frozen public struct Instant: Comparable, Hashable, Sendable {
    /// Nanoseconds since the clock's origin.
    public var nanoseconds: UInt64

    /// Makes a moment from nanoseconds since the clock's origin.
    @inlinable public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Orders moments from past to future.
    @inlinable public static func < (a: Instant, b: Instant) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// The later moment; saturates at the end of time.
    @inlinable public static func + (a: Instant, b: TimeSpan) -> Instant {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
        return Instant(nanoseconds: overflow ? .max : sum)
    }

    /// The time from `b` to `a`; zero when `b` is the later one.
    @inlinable public static func - (a: Instant, b: Instant) -> TimeSpan {
        TimeSpan(nanoseconds: a.nanoseconds > b.nanoseconds ? a.nanoseconds - b.nanoseconds : 0)
    }

    /// The moment `span` before this one; stops at the clock's origin.
    @inlinable public func earlier(by span: TimeSpan) -> Instant {
        Instant(nanoseconds: nanoseconds > span.nanoseconds ? nanoseconds - span.nanoseconds : 0)
    }
}
