internal import CLinuxUDP
internal import Glibc
internal import SUDPProtocol

/// The memory of one `recvmmsg` call: slots for trains, reused for every call.
final class ReceiveBatch {
    /// How many trains one call takes at most: what a turn of the driver handles per socket.
    static let slotCount = 8
    /// Room for the destination address, the ECN bits and the segment size of a train.
    private static let controlCapacity = 256

    /// System calls so far.
    private(set) var callCount: UInt64 = 0
    /// Datagrams that did not fit or were cut short by the kernel.
    private(set) var truncatedCount: UInt64 = 0
    /// Datagrams without a byte in them.
    private(set) var emptyCount: UInt64 = 0
    /// Whether the kernel ever handed over several datagrams as one train.
    private(set) var hasSeenTrain = false

    private let buffers: [DatagramBuffer]
    private let messages: UnsafeMutablePointer<sudp_batch_message>
    private let pieces: UnsafeMutablePointer<iovec>
    private let remotes: UnsafeMutableRawPointer
    private let controls: UnsafeMutableRawPointer

    init() {
        buffers = (0..<Self.slotCount).map { _ in DatagramBuffer() }
        messages = .allocate(capacity: Self.slotCount)
        pieces = .allocate(capacity: Self.slotCount)
        remotes = .allocate(
            byteCount: Self.slotCount * SocketAddress.capacity,
            alignment: MemoryLayout<sockaddr_storage>.alignment)
        controls = .allocate(
            byteCount: Self.slotCount * Self.controlCapacity,
            alignment: MemoryLayout<cmsghdr>.alignment)
        for slot in 0..<Self.slotCount {
            let memory = buffers[slot].withUnsafeMutableBytes { $0 }
            (pieces + slot).initialize(
                to: iovec(iov_base: memory.baseAddress, iov_len: memory.count))
            var message = sudp_batch_message()
            message.header.msg_iov = pieces + slot
            message.header.msg_iovlen = 1
            message.header.msg_name = remotes + slot * SocketAddress.capacity
            message.header.msg_control = controls + slot * Self.controlCapacity
            (messages + slot).initialize(to: message)
        }
    }

    deinit {
        messages.deallocate()
        pieces.deallocate()
        remotes.deallocate()
        controls.deallocate()
    }

    /// Takes what waits in the socket, calls `body` for each train and returns how many came.
    ///
    /// Dropped ones count too: fewer than `slotCount` means that the socket is empty.
    func receive(
        from socket: UDPSocket, _ body: (DatagramBuffer, ReceivedTrain) -> Void
    ) -> Int {
        let filled = fill(from: socket)
        for slot in 0..<filled {
            if let train = train(in: slot, localPort: socket.localAddress.port) {
                body(buffers[slot], train)
            }
        }
        return filled
    }

    private func fill(from socket: UDPSocket) -> Int {
        for slot in 0..<Self.slotCount {
            messages[slot].header.msg_namelen = socklen_t(SocketAddress.capacity)
            messages[slot].header.msg_controllen = Self.controlCapacity
            messages[slot].header.msg_flags = 0
        }
        var mayRepeat = true
        while true {
            callCount &+= 1
            let count = sudp_recvmmsg(
                socket.descriptor, messages, UInt32(Self.slotCount), Int32(MSG_DONTWAIT))
            if count >= 0 { return Int(count) }
            switch errno {
            case EINTR:
                continue
            case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EPROTO, EACCES, EMSGSIZE:
                // An ICMP error is reported once; the datagrams behind it still wait.
                guard mayRepeat else { return 0 }
                mayRepeat = false
            default:
                return 0
            }
        }
    }

    private func train(in slot: Int, localPort: UInt16) -> ReceivedTrain? {
        let header = messages[slot].header
        let byteCount = Int(messages[slot].byte_count)
        let cutShort = Int32(MSG_TRUNC | MSG_CTRUNC)
        guard header.msg_flags & cutShort == 0 else {
            truncatedCount &+= 1
            return nil
        }
        guard byteCount > 0 else {
            emptyCount &+= 1
            return nil
        }
        guard let name = header.msg_name,
            let remote = SocketAddress.read(name, byteCount: header.msg_namelen)
        else { return nil }
        let details = ReceivedDetails(&messages[slot].header, remote: remote, localPort: localPort)
        let segment = min(details.segmentByteCount ?? byteCount, byteCount)
        if segment < byteCount { hasSeenTrain = true }
        return ReceivedTrain(
            path: NetworkPath(local: details.local, remote: remote), ecn: details.ecn,
            byteCount: byteCount, segmentByteCount: segment)
    }
}
