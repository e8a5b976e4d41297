internal import Glibc
internal import SUDPTransport

/// A TCP socket with blocking calls; closed when nobody holds it any more.
final class TCPSocket: Sendable {
    /// What the system refused.
    struct Failure: Error, CustomStringConvertible {
        let operation: String
        let error: Int32

        init(_ operation: String) {
            self.operation = operation
            // What the system calls so is a timeout that was set here; socket(7).
            error = [EAGAIN, EINPROGRESS].contains(errno) ? ETIMEDOUT : errno
        }

        var description: String { "\(operation): \(String(cString: strerror(error)))" }
    }

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// Opens a port at an address; 0 for one that is free.
    static func listen(at address: NetworkAddress) throws(Failure) -> TCPSocket {
        let socket = try make(address)
        var on: Int32 = 1
        setsockopt(
            socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let status = withSocketAddress(address) { bind(socket.descriptor, $0, $1) }
        guard status == 0 else { throw Failure("bind TCP port") }
        guard Glibc.listen(socket.descriptor, 64) == 0 else { throw Failure("listen") }
        return socket
    }

    /// Connects to an address of the family that the socket was made for.
    func connect(to address: NetworkAddress, within limit: Duration) throws(Failure) {
        // The send timeout is the time to connect, too; socket(7).
        setTimeouts(limit)
        let status = Self.withSocketAddress(address) { Glibc.connect(descriptor, $0, $1) }
        guard status == 0 else { throw Failure("connect to TCP \(address.text)") }
        setTimeouts(nil)
    }

    /// Makes a socket for addresses of the same family.
    static func make(_ address: NetworkAddress) throws(Failure) -> TCPSocket {
        let family = address.family == .ipv4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(family, kind, Int32(IPPROTO_TCP))
        guard descriptor >= 0 else { throw Failure("TCP socket") }
        return TCPSocket(descriptor: descriptor)
    }

    /// The port that was taken.
    var port: UInt16 {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        // The port is at the same place in both families.
        return status == 0 ? UInt16(bigEndian: storage.sin6_port) : 0
    }

    /// The next connection; nil when none comes in time.
    func accept(withinMilliseconds limit: Int32) -> TCPSocket? {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, limit) > 0 else { return nil }
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else {
            // Nothing waits for a descriptor or memory to become free: try later.
            if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { poll(nil, 0, limit) }
            return nil
        }
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        return TCPSocket(descriptor: accepted)
    }

    /// How long a call may block; nil for ever.
    func setTimeouts(_ limit: Duration?) {
        var time = timeval()
        if let (seconds, attoseconds) = limit?.components {
            // Zero would be for ever.
            time.tv_sec = max(Int(seconds), 0)
            time.tv_usec = max(Int(attoseconds / 1_000_000_000_000), 1)
        }
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// Reads some bytes; 0 at the end of the stream.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count >= 0 { return count }
            if errno != EINTR { throw Failure("read from TCP") }
        }
    }

    /// Writes some bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Int {
        while true {
            let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return count }
            if errno != EINTR { throw Failure("write to TCP") }
        }
    }

    /// Ends the own stream, and with `both` the peer's as well; blocked calls return.
    func shutDown(both: Bool) {
        _ = Glibc.shutdown(descriptor, Int32(both ? SHUT_RDWR : SHUT_WR))
    }

    /// Whether this side may still send and be acknowledged.
    var isOpen: Bool {
        let state = Int(info.tcpi_state)
        return state == TCP_ESTABLISHED || state == TCP_CLOSE_WAIT
    }

    /// Bytes written and not yet acknowledged; tcp(7), SIOCOUTQ.
    var unacknowledged: Int {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(max(count, 0)) : 0
    }

    /// The kernel's estimates.
    var info: tcp_info {
        var info = tcp_info()
        var length = socklen_t(MemoryLayout<tcp_info>.size)
        getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &info, &length)
        return info
    }

    private static func withSocketAddress(
        _ address: NetworkAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        switch address.family {
        case .ipv4:
            var form = sockaddr_in()
            form.sin_family = sa_family_t(AF_INET)
            form.sin_port = address.port.bigEndian
            form.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
            return withUnsafePointer(to: &form) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        case .ipv6:
            var form = sockaddr_in6()
            form.sin6_family = sa_family_t(AF_INET6)
            form.sin6_port = address.port.bigEndian
            form.sin6_scope_id = address.scope
            withUnsafeMutableBytes(of: &form.sin6_addr) {
                $0.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            return withUnsafePointer(to: &form) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        }
    }
}
