/// The number of a packet in its space; never repeats within a connection.
@frozen public struct PacketNumber: Comparable, Hashable, Sendable {
    /// The number itself.
    public var value: UInt64

    /// Makes a packet number.
    @inlinable public init(_ value: UInt64) {
        self.value = value
    }

    /// Orders packet numbers from first to last sent.
    @inlinable public static func < (a: PacketNumber, b: PacketNumber) -> Bool {
        a.value < b.value
    }

    /// The number after this one.
    @inlinable public var next: PacketNumber { PacketNumber(value &+ 1) }

    /// How many numbers `self` lies after `other`; zero when it does not.
    @inlinable public func distance(from other: PacketNumber) -> UInt64 {
        value > other.value ? value - other.value : 0
    }
}
