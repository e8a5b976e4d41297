internal import SUDPProtocol

/// Turns host names into addresses by the system's resolver, on a thread of its own.
enum NameResolver {
    /// The most addresses of a name that are worth trying.
    static let addressLimit = 16

    /// The addresses of a name or numeric host, in the order to try them (RFC 8305 §4).
    static func resolve(
        _ host: String, port: UInt16, families: Set<NetworkAddress.Family>, limit: Duration
    ) async throws(ResolutionFailure) -> [NetworkAddress] {
        let found: [NetworkAddress]
        if let address = NetworkAddress(host: host, port: port) {
            found = [address]
        } else {
            found = try await NameLookup(host, port: port).addresses(limit: limit)
        }
        let usable = found.filter { families.contains($0.family) }
        guard !usable.isEmpty else { throw .unknown("no address of the wanted IP version") }
        return Array(interleaved(usable).prefix(addressLimit))
    }

    /// Alternates the IP versions, IPv6 first; keeps the resolver's order within each.
    static func interleaved(_ addresses: [NetworkAddress]) -> [NetworkAddress] {
        var unique: [NetworkAddress] = []
        for address in addresses where !unique.contains(address) { unique.append(address) }
        let ipv6 = unique.filter { $0.family == .ipv6 }
        let ipv4 = unique.filter { $0.family == .ipv4 }
        return (0..<max(ipv6.count, ipv4.count)).flatMap { index in
            [ipv6, ipv4].compactMap { $0.indices.contains(index) ? $0[index] : nil }
        }
    }
}
