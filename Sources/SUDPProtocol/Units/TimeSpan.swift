/// A length of time in nanoseconds; arithmetic saturates instead of trapping.
@frozen public struct TimeSpan: Comparable, Hashable, Sendable {
    /// The length in nanoseconds.
    public var nanoseconds: UInt64

    /// Makes a length from nanoseconds.
    @inlinable public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// No time at all.
    public static let zero = TimeSpan(nanoseconds: 0)

    /// Makes a length from microseconds.
    @inlinable public static func microseconds(_ count: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturatingProduct(count, 1000))
    }

    /// Makes a length from milliseconds.
    @inlinable public static func milliseconds(_ count: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturatingProduct(count, 1_000_000))
    }

    /// Makes a length from seconds.
    @inlinable public static func seconds(_ count: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturatingProduct(count, 1_000_000_000))
    }

    /// The length in seconds.
    @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// Orders lengths from short to long.
    @inlinable public static func < (a: TimeSpan, b: TimeSpan) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// The sum of two lengths.
    @inlinable public static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
        return TimeSpan(nanoseconds: overflow ? .max : sum)
    }

    /// The difference of two lengths; zero when `b` is the longer one.
    @inlinable public static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: a.nanoseconds > b.nanoseconds ? a.nanoseconds - b.nanoseconds : 0)
    }

    /// A multiple of a length.
    @inlinable public static func * (a: TimeSpan, factor: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: saturatingProduct(a.nanoseconds, factor))
    }

    /// A fraction of a length; `divisor` 0 counts as 1.
    @inlinable public static func / (a: TimeSpan, divisor: UInt64) -> TimeSpan {
        TimeSpan(nanoseconds: a.nanoseconds / max(divisor, 1))
    }

    @usableFromInline static func saturatingProduct(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? .max : product
    }
}
