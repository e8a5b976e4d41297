internal import CLinuxUDP
internal import Glibc
internal import SUDPProtocol

/// What the kernel tells about a received train beside its bytes.
struct ReceivedDetails {
    /// The address it was sent to; unspecified when the kernel does not say.
    private(set) var local: NetworkAddress
    /// Its ECN bits.
    private(set) var ecn = ECNCodepoint.notECT
    /// The length of each datagram; nil for a single one.
    private(set) var segmentByteCount: Int?

    init(_ message: UnsafeMutablePointer<msghdr>, remote: NetworkAddress, localPort: UInt16) {
        switch remote.family {
        case .ipv4: local = NetworkAddress(ipv4: 0, port: localPort)
        case .ipv6: local = NetworkAddress(ipv6High: 0, low: 0, port: localPort)
        }
        var next = sudp_first_control(message)
        while let control = next {
            take(control, localPort: localPort)
            next = sudp_next_control(message, control)
        }
    }

    private mutating func take(_ control: UnsafeMutablePointer<cmsghdr>, localPort: UInt16) {
        guard let data = sudp_control_data(control) else { return }
        let size = Int(sudp_control_data_size(control))
        switch (control.pointee.cmsg_level, control.pointee.cmsg_type) {
        case (SOL_IP, IP_PKTINFO) where size >= MemoryLayout<in_pktinfo>.size:
            let info = data.loadUnaligned(as: in_pktinfo.self)
            local = SocketAddress.address(info.ipi_spec_dst, port: localPort)
        case (SOL_IPV6, IPV6_PKTINFO) where size >= MemoryLayout<sudp_in6_pktinfo>.size:
            let info = data.loadUnaligned(as: sudp_in6_pktinfo.self)
            local = SocketAddress.address(info.ipi6_addr, port: localPort, scope: 0)
            if local.isLinkLocal { local.scope = info.ipi6_ifindex }
        case (SOL_IP, IP_TOS) where size >= 1:
            ecn = Self.ecn(data.loadUnaligned(as: UInt8.self))
        case (SOL_IPV6, IPV6_TCLASS) where size >= MemoryLayout<Int32>.size:
            ecn = Self.ecn(UInt8(truncatingIfNeeded: data.loadUnaligned(as: Int32.self)))
        case (Int32(IPPROTO_UDP), UDP_GRO) where size >= MemoryLayout<Int32>.size:
            let segment = Int(data.loadUnaligned(as: Int32.self))
            if segment > 0 { segmentByteCount = segment }
        default:
            return
        }
    }

    /// RFC 3168 §5: the lowest two bits of the traffic class.
    private static func ecn(_ trafficClass: UInt8) -> ECNCodepoint {
        ECNCodepoint(rawValue: trafficClass & 3) ?? .notECT
    }
}
