internal import CLinuxUDP
internal import Glibc
internal import SUDPProtocol

/// An ICMP report that a datagram did not reach its destination.
///
/// Anybody can forge one, so it is a hint and nothing more (RFC 5927).
struct UnreachablePeer: Hashable {
    /// Where the datagram was sent.
    let remote: NetworkAddress
    /// What the report means, for example ECONNREFUSED.
    let errno: Int32

    /// How many entries of the error queue are looked at in one go.
    private static let batchCount = 64

    /// Takes the reports that wait in the socket's error queue.
    static func reports(from socket: UDPSocket) -> [UnreachablePeer] {
        var reports: [UnreachablePeer] = []
        withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { memory in
            for _ in 0..<batchCount {
                guard let start = memory.baseAddress else { return }
                var header = msghdr()
                header.msg_name = start
                header.msg_namelen = socklen_t(SocketAddress.capacity)
                header.msg_control = start + 512
                header.msg_controllen = 512
                let flags = Int32(MSG_ERRQUEUE | MSG_DONTWAIT)
                guard recvmsg(socket.descriptor, &header, flags) >= 0 else { return }
                if let report = read(&header) { reports.append(report) }
            }
        }
        return reports
    }

    private static func read(_ header: UnsafeMutablePointer<msghdr>) -> UnreachablePeer? {
        guard let name = header.pointee.msg_name,
            let remote = SocketAddress.read(name, byteCount: header.pointee.msg_namelen)
        else { return nil }
        var next = sudp_first_control(header)
        while let control = next {
            if let errno = icmpError(control) {
                return UnreachablePeer(remote: remote, errno: errno)
            }
            next = sudp_next_control(header, control)
        }
        return nil
    }

    private static func icmpError(_ control: UnsafeMutablePointer<cmsghdr>) -> Int32? {
        switch (control.pointee.cmsg_level, control.pointee.cmsg_type) {
        case (SOL_IP, IP_RECVERR), (SOL_IPV6, IPV6_RECVERR): break
        default: return nil
        }
        let size = Int(sudp_control_data_size(control))
        guard let data = sudp_control_data(control), size >= MemoryLayout<sock_extended_err>.size
        else { return nil }
        let error = data.loadUnaligned(as: sock_extended_err.self)
        switch Int32(error.ee_origin) {
        case SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6: return Int32(bitPattern: error.ee_errno)
        default: return nil
        }
    }
}
