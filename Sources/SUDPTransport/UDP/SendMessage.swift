internal import CLinuxUDP
internal import Glibc
internal import SUDPProtocol

/// The memory of one `sendmsg` call, reused for every call on a socket.
final class SendMessage {
    /// Room for the source address, the ECN bits and the segment size.
    private static let controlCapacity = 128

    /// System calls so far.
    private(set) var callCount: UInt64 = 0

    private let descriptor: Int32
    private let remote: UnsafeMutableRawPointer
    private let control: UnsafeMutableRawPointer
    private let piece: UnsafeMutablePointer<iovec>
    private let header: UnsafeMutablePointer<msghdr>

    init(descriptor: Int32) {
        self.descriptor = descriptor
        remote = .allocate(
            byteCount: SocketAddress.capacity, alignment: MemoryLayout<sockaddr_storage>.alignment)
        control = .allocate(
            byteCount: Self.controlCapacity, alignment: MemoryLayout<cmsghdr>.alignment)
        piece = .allocate(capacity: 1)
        piece.initialize(to: iovec())
        header = .allocate(capacity: 1)
        header.initialize(to: msghdr())
        header.pointee.msg_name = remote
        header.pointee.msg_iov = piece
        header.pointee.msg_iovlen = 1
        header.pointee.msg_control = control
    }

    deinit {
        remote.deallocate()
        control.deallocate()
        piece.deallocate()
        header.deallocate()
    }

    /// Sets where the following calls send to.
    func setRemote(_ address: NetworkAddress) {
        header.pointee.msg_namelen = SocketAddress.write(address, to: remote)
    }

    /// Makes one send call; returns its error number, 0 for success.
    func send(
        _ attempt: TrainSender.Attempt, of train: Transmit, in bytes: UnsafeRawBufferPointer
    ) -> Int32 {
        let range = attempt.range.clamped(to: 0..<bytes.count)
        piece.pointee.iov_base = bytes.baseAddress.map {
            UnsafeMutableRawPointer(mutating: $0 + range.lowerBound)
        }
        piece.pointee.iov_len = range.count
        header.pointee.msg_controllen = 0
        if attempt.features.contains(.source) { appendSource(train.path.local) }
        if attempt.features.contains(.ecn) { append(train.ecn, train.path.remote.family) }
        if attempt.features.contains(.segmentation), range.count > train.segmentByteCount {
            let size = UInt16(clamping: train.segmentByteCount)
            append(Int32(IPPROTO_UDP), UDP_SEGMENT, size)
        }
        while true {
            callCount &+= 1
            guard sendmsg(descriptor, header, Int32(MSG_DONTWAIT)) < 0 else { return 0 }
            if errno != EINTR { return errno }
        }
    }

    private func appendSource(_ local: NetworkAddress) {
        switch local.family {
        case .ipv4:
            let source = in_pktinfo(
                ipi_ifindex: 0, ipi_spec_dst: SocketAddress.ipv4(of: local), ipi_addr: in_addr())
            append(SOL_IP, IP_PKTINFO, source)
        case .ipv6:
            let source = sudp_in6_pktinfo(
                ipi6_addr: SocketAddress.ipv6(of: local), ipi6_ifindex: local.scope)
            append(SOL_IPV6, IPV6_PKTINFO, source)
        }
    }

    private func append(_ ecn: ECNCodepoint, _ family: NetworkAddress.Family) {
        switch family {
        case .ipv4: append(SOL_IP, IP_TOS, Int32(ecn.rawValue))
        case .ipv6: append(SOL_IPV6, IPV6_TCLASS, Int32(ecn.rawValue))
        }
    }

    private func append<Value>(_ level: Int32, _ type: Int32, _ value: Value) {
        withUnsafeBytes(of: value) { bytes in
            sudp_append_control(
                header, Self.controlCapacity, level, type, bytes.baseAddress, bytes.count)
        }
    }
}
