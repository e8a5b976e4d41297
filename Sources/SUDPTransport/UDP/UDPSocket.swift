internal import CLinuxUDP
internal import Glibc
internal import SUDPProtocol

/// One unconnected UDP socket of one IP version, bound to a local address.
final class UDPSocket {
    /// The bytes asked for in each of the kernel's socket buffers.
    static let wantedBufferByteCount = 4 * 1024 * 1024

    /// Where it is bound, with the port that the system chose.
    let localAddress: NetworkAddress
    /// The bytes granted in the kernel's receive buffer.
    let receiveBufferByteCount: Int
    /// The bytes granted in the kernel's send buffer.
    let sendBufferByteCount: Int

    private let file: FileDescriptor
    private let message: SendMessage
    private var sender = TrainSender()

    /// Opens a socket and binds it to `address`; port 0 lets the system choose.
    init(boundTo address: NetworkAddress) throws(SystemError) {
        let domain = address.family == .ipv4 ? AF_INET : AF_INET6
        let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let file = try FileDescriptor("open a UDP socket") { socket(domain, type, 0) }
        try Self.setOptions(of: file.number, address.family)
        receiveBufferByteCount = Self.enlargeBuffer(
            file.number, SO_RCVBUF, forced: SO_RCVBUFFORCE)
        sendBufferByteCount = Self.enlargeBuffer(file.number, SO_SNDBUF, forced: SO_SNDBUFFORCE)
        localAddress = try Self.bind(file.number, to: address)
        message = SendMessage(descriptor: file.number)
        self.file = file
    }

    /// The descriptor, for `ppoll` and the receiving calls.
    var descriptor: Int32 { file.number }

    /// The system calls that sent.
    var sendCallCount: UInt64 { message.callCount }

    /// What still works for sending.
    var sendFeatures: SendFeatures { sender.features }

    /// Whether the kernel gave smaller socket buffers than asked for.
    var isBufferClamped: Bool {
        min(receiveBufferByteCount, sendBufferByteCount) < Self.wantedBufferByteCount
    }

    /// Sends the train in `buffer` from `offset` on.
    func send(_ train: Transmit, in buffer: DatagramBuffer, from offset: Int = 0) -> SendOutcome {
        message.setRemote(train.path.remote)
        return buffer.withUnsafeMutableBytes { bytes in
            sender.send(train, from: offset) { attempt in
                message.send(attempt, of: train, in: UnsafeRawBufferPointer(bytes))
            }
        }
    }

    /// Lets ICMP errors about sent datagrams be read from the error queue, or stops and clears it.
    func reportUnreachablePeers(_ isOn: Bool) {
        switch localAddress.family {
        case .ipv4: _ = Self.set(descriptor, SOL_IP, IP_RECVERR, isOn ? 1 : 0)
        case .ipv6: _ = Self.set(descriptor, SOL_IPV6, IPV6_RECVERR, isOn ? 1 : 0)
        }
    }

    private static func setOptions(
        of descriptor: Int32, _ family: NetworkAddress.Family
    ) throws(SystemError) {
        switch family {
        case .ipv4:
            try require(descriptor, SOL_IP, IP_PKTINFO, "ask for destination addresses")
            _ = set(descriptor, SOL_IP, IP_RECVTOS, 1)
            _ = set(descriptor, SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE)
        case .ipv6:
            try require(descriptor, SOL_IPV6, IPV6_V6ONLY, "restrict a socket to IPv6")
            try require(descriptor, SOL_IPV6, IPV6_RECVPKTINFO, "ask for destination addresses")
            _ = set(descriptor, SOL_IPV6, IPV6_RECVTCLASS, 1)
            _ = set(descriptor, SOL_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE)
        }
        _ = set(descriptor, Int32(IPPROTO_UDP), UDP_GRO, 1)
    }

    private static func require(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ operation: String
    ) throws(SystemError) {
        guard !set(descriptor, level, option, 1) else { return }
        throw SystemError(errno: errno, operation: operation)
    }

    private static func set(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32
    ) -> Bool {
        var value = value
        return setsockopt(
            descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
    }

    /// Asks for a large buffer, past the system's limit when privileged; returns what was granted.
    private static func enlargeBuffer(
        _ descriptor: Int32, _ option: Int32, forced: Int32
    ) -> Int {
        let wanted = Int32(wantedBufferByteCount)
        if !set(descriptor, SOL_SOCKET, forced, wanted) {
            _ = set(descriptor, SOL_SOCKET, option, wanted)
        }
        var granted: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, option, &granted, &size)
        // socket(7): the kernel doubles the value for its own bookkeeping.
        return Int(granted) / 2
    }

    private static func bind(
        _ descriptor: Int32, to address: NetworkAddress
    ) throws(SystemError) -> NetworkAddress {
        try withAddressMemory { (memory) throws(SystemError) in
            var size = SocketAddress.write(address, to: memory)
            let form = memory.assumingMemoryBound(to: sockaddr.self)
            try SystemError.check("bind \(address.text)") { Glibc.bind(descriptor, form, size) }
            size = socklen_t(SocketAddress.capacity)
            try SystemError.check("getsockname") { getsockname(descriptor, form, &size) }
            return SocketAddress.read(memory, byteCount: size) ?? address
        }
    }

    private static func withAddressMemory<Result>(
        _ body: (UnsafeMutableRawPointer) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: SocketAddress.capacity, alignment: MemoryLayout<sockaddr_storage>.alignment)
        defer { memory.deallocate() }
        return try body(memory)
    }
}
