internal import Glibc
public import SUDPProtocol

extension NetworkAddress {
    /// Reads a numeric host: IPv4, IPv6, or IPv6 with `%` and an interface name or index.
    ///
    /// An IPv4-mapped IPv6 address becomes the IPv4 address it stands for. Names are not resolved:
    /// nil for anything that is not an address.
    public init?(host: String, port: UInt16) {
        var ipv4 = in_addr()
        if inet_pton(AF_INET, host, &ipv4) == 1 {
            self = SocketAddress.address(ipv4, port: port)
            return
        }
        let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        var ipv6 = in6_addr()
        guard let numeric = parts.first, inet_pton(AF_INET6, String(numeric), &ipv6) == 1
        else { return nil }
        var scope: UInt32 = 0
        if parts.count == 2 {
            scope = UInt32(parts[1]) ?? if_nametoindex(String(parts[1]))
            guard scope != 0 else { return nil }
        }
        let address = SocketAddress.address(ipv6, port: port, scope: scope)
        if address.high == 0, address.low >> 32 == 0xffff {
            self.init(ipv4: UInt32(truncatingIfNeeded: address.low), port: port)
        } else {
            self = address
        }
    }

    /// The address without its port, for example `192.0.2.1` or `fe80::1%eth0`.
    public var hostText: String {
        switch family {
        case .ipv4:
            return Self.text(AF_INET, SocketAddress.ipv4(of: self))
        case .ipv6:
            let numeric = Self.text(AF_INET6, SocketAddress.ipv6(of: self))
            return scope == 0 ? numeric : "\(numeric)%\(Self.interfaceText(scope))"
        }
    }

    /// The address with its port, for example `192.0.2.1:7831` or `[2001:db8::1]:7831`.
    public var text: String {
        switch family {
        case .ipv4: "\(hostText):\(port)"
        case .ipv6: "[\(hostText)]:\(port)"
        }
    }

    /// Whether the address is in fe80::/10, so that only its interface makes it unique.
    var isLinkLocal: Bool { family == .ipv6 && high >> 54 == 0x3fa }

    private static func text(_ family: Int32, _ form: some Any) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            withUnsafeBytes(of: form) { bytes in
                guard let source = bytes.baseAddress, let start = buffer.baseAddress,
                    inet_ntop(family, source, start, socklen_t(buffer.count)) != nil
                else { return "?" }
                return String(cString: start)
            }
        }
    }

    private static func interfaceText(_ scope: UInt32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(IF_NAMESIZE)) { buffer in
            guard let start = buffer.baseAddress, if_indextoname(scope, start) != nil
            else { return String(scope) }
            return String(cString: start)
        }
    }
}
