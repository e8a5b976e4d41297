/// An IP address with a port: the name of one end of a path.
@frozen public struct NetworkAddress: Hashable, Sendable {
    /// The IP version.
    @frozen public enum Family: UInt8, Sendable {
        /// IP version 4: the address is the low 32 bits of `low`.
        case ipv4 = 4
        /// IP version 6.
        case ipv6 = 6
    }

    /// The IP version.
    public var family: Family
    /// The UDP port.
    public var port: UInt16
    /// The interface index of a link-local IPv6 address; 0 elsewhere.
    public var scope: UInt32
    /// The upper half of an IPv6 address; 0 for IPv4.
    public var high: UInt64
    /// The lower half of an IPv6 address, or the IPv4 address.
    public var low: UInt64

    /// Makes an IPv4 address from its value in host byte order.
    public init(ipv4 address: UInt32, port: UInt16) {
        (family, scope, high) = (.ipv4, 0, 0)
        low = UInt64(address)
        self.port = port
    }

    /// Makes an IPv6 address from its halves in host byte order.
    public init(ipv6High high: UInt64, low: UInt64, port: UInt16, scope: UInt32 = 0) {
        family = .ipv6
        self.high = high
        self.low = low
        self.port = port
        self.scope = scope
    }

    /// Whether this is 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        switch family {
        case .ipv4: low >> 24 == 127
        case .ipv6: high == 0 && low == 1
        }
    }

    /// Whether the address is 0.0.0.0 or ::.
    public var isUnspecified: Bool { high == 0 && low == 0 }

    /// Whether only the port may differ.
    func isSameHost(as other: NetworkAddress) -> Bool {
        var other = other
        other.port = port
        return other == self
    }

    /// The bytes that address tokens are bound to: family, address and port.
    var tokenBytes: [UInt8] {
        [family.rawValue] + high.bigEndianBytes + low.bigEndianBytes + UInt64(port).bigEndianBytes
    }
}
