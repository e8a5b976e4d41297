/// Decides when first SYNs must prove their address before the server keeps state for them, and
/// when a source has its share of half-open connections.
struct OpeningGuard {
    /// Where a half-open connection came from, and whether that was proven.
    private struct Origin: Hashable {
        var network: NetworkAddress
        var isProven: Bool
    }

    /// The half-open connections that this endpoint accepted.
    private var openings: [ConnectionHandle: Origin] = [:]
    private var counts: [Origin: Int] = [:]
    private var sources = SourceTable()

    /// Services that answer anybody: a SYN "from" one of them is a reflection (RFC 9308 §8.1).
    private static let reflectingPorts: Set<UInt16> = [
        0, 17, 19, 53, 69, 111, 123, 137, 161, 389, 1900, 3702, 5353, 11211,
    ]

    static func isReflector(_ address: NetworkAddress) -> Bool {
        reflectingPorts.contains(address.port)
    }

    var halfOpen: Int { openings.count }
    var isUnderLoad: Bool { halfOpen >= Limits.halfOpenBeforeRetry }

    mutating func demandsProof(from remote: NetworkAddress, now: Instant) -> Bool {
        guard !isUnderLoad else { return true }
        guard !remote.isLoopback else { return false }
        return isExhausted(remote, isProven: false) || !sources.spend(remote.network, now: now)
    }

    /// Whether a source has as many half-open connections as it may.
    ///
    /// What strangers open in its name does not count against what it proved.
    func isExhausted(_ remote: NetworkAddress, isProven: Bool) -> Bool {
        let origin = Origin(network: remote.network, isProven: isProven)
        return !remote.isLoopback && counts[origin, default: 0] >= Limits.halfOpenPerSource
    }

    mutating func opened(_ handle: ConnectionHandle, from remote: NetworkAddress, isProven: Bool) {
        let origin = Origin(network: remote.network, isProven: isProven)
        openings[handle] = origin
        counts[origin, default: 0] += 1
    }

    /// Ignores connections that were not accepted here: a client's opening is no load.
    mutating func ended(_ handle: ConnectionHandle) {
        guard let origin = openings.removeValue(forKey: handle), let count = counts[origin] else {
            return
        }
        counts[origin] = count > 1 ? count - 1 : nil
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
