/// Decides when first SYNs must prove their address before the server keeps state for them.
struct OpeningGuard {
    private(set) var halfOpen = 0
    private var sources: [NetworkAddress: TokenBucket] = [:]

    /// Services that answer anybody: a SYN "from" one of them is a reflection (RFC 9308 §8.1).
    private static let reflectingPorts: Set<UInt16> = [
        0, 17, 19, 53, 69, 111, 123, 137, 161, 389, 1900, 3702, 5353, 11211,
    ]

    static func isReflector(_ address: NetworkAddress) -> Bool {
        reflectingPorts.contains(address.port)
    }

    var isUnderLoad: Bool { halfOpen >= Limits.halfOpenBeforeRetry }

    mutating func demandsProof(from remote: NetworkAddress, now: Instant) -> Bool {
        guard !isUnderLoad else { return true }
        guard !remote.isLoopback else { return false }
        if sources.count >= Limits.sourcesRemembered { sources.removeAll(keepingCapacity: true) }
        var bucket =
            sources[remote.network]
            ?? TokenBucket(
                rate: Limits.newConnectionsPerSecond, burst: Limits.newConnectionsBurst)
        let isWithinRate = bucket.spend(now: now)
        sources[remote.network] = bucket
        return !isWithinRate
    }

    mutating func opened() {
        halfOpen += 1
    }

    mutating func ended() {
        halfOpen = max(0, halfOpen - 1)
    }
}

extension NetworkAddress {
    /// What counts as one source: an IPv4 address, or an IPv6 /64.
    fileprivate var network: NetworkAddress {
        var network = self
        network.port = 0
        if family == .ipv6 { network.low = 0 }
        return network
    }
}
