internal import Glibc
internal import SUDPProtocol

/// What the interface on the way to a peer takes in one packet.
enum InterfaceMTU {
    private static let headerByteCount = [
        NetworkAddress.Family.ipv4: 20 + 8, NetworkAddress.Family.ipv6: 40 + 8,
    ]

    /// The largest UDP payload that leaves this machine towards `remote` in one piece; nil when the
    /// system does not say.
    static func datagramSize(towards remote: NetworkAddress) -> Int? {
        let isIPv4 = remote.family == .ipv4
        let descriptor = socket(
            isIPv4 ? AF_INET : AF_INET6, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let isRouted = withUnsafeTemporaryAllocation(
            byteCount: SocketAddress.capacity, alignment: MemoryLayout<sockaddr_storage>.alignment
        ) { memory in
            guard let base = memory.baseAddress else { return false }
            let byteCount = SocketAddress.write(remote, to: base)
            return connect(descriptor, base.assumingMemoryBound(to: sockaddr.self), byteCount) == 0
        }
        guard isRouted else { return nil }
        var mtu: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        let (level, name) = isIPv4 ? (IPPROTO_IP, IP_MTU) : (IPPROTO_IPV6, IPV6_MTU)
        guard getsockopt(descriptor, Int32(level), name, &mtu, &byteCount) == 0,
            let headers = headerByteCount[remote.family]
        else { return nil }
        return Int(mtu) - headers
    }
}
