internal import Glibc
internal import SUDPProtocol

/// The kernel's form of a network address.
enum SocketAddress {
    /// Room for an address of any family, in bytes.
    static let capacity = MemoryLayout<sockaddr_storage>.size

    /// Writes `address` into `capacity` bytes at `memory` and returns the length used.
    static func write(_ address: NetworkAddress, to memory: UnsafeMutableRawPointer) -> socklen_t {
        switch address.family {
        case .ipv4:
            var form = sockaddr_in()
            form.sin_family = sa_family_t(AF_INET)
            form.sin_port = address.port.bigEndian
            form.sin_addr = ipv4(of: address)
            memory.storeBytes(of: form, as: sockaddr_in.self)
            return socklen_t(MemoryLayout<sockaddr_in>.size)
        case .ipv6:
            var form = sockaddr_in6()
            form.sin6_family = sa_family_t(AF_INET6)
            form.sin6_port = address.port.bigEndian
            form.sin6_addr = ipv6(of: address)
            form.sin6_scope_id = address.scope
            memory.storeBytes(of: form, as: sockaddr_in6.self)
            return socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
    }

    /// Reads the address in `byteCount` bytes at `memory`; nil when it is of another family.
    static func read(_ memory: UnsafeRawPointer, byteCount: socklen_t) -> NetworkAddress? {
        guard Int(byteCount) >= MemoryLayout<sockaddr_in>.size else { return nil }
        switch Int32(memory.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET:
            let form = memory.loadUnaligned(as: sockaddr_in.self)
            return address(form.sin_addr, port: UInt16(bigEndian: form.sin_port))
        case AF_INET6 where Int(byteCount) >= MemoryLayout<sockaddr_in6>.size:
            let form = memory.loadUnaligned(as: sockaddr_in6.self)
            return address(
                form.sin6_addr, port: UInt16(bigEndian: form.sin6_port), scope: form.sin6_scope_id)
        default:
            return nil
        }
    }

    static func ipv4(of address: NetworkAddress) -> in_addr {
        in_addr(s_addr: UInt32(truncatingIfNeeded: address.low).bigEndian)
    }

    static func ipv6(of address: NetworkAddress) -> in6_addr {
        unsafeBitCast((address.high.bigEndian, address.low.bigEndian), to: in6_addr.self)
    }

    static func address(_ form: in_addr, port: UInt16) -> NetworkAddress {
        NetworkAddress(ipv4: UInt32(bigEndian: form.s_addr), port: port)
    }

    static func address(_ form: in6_addr, port: UInt16, scope: UInt32) -> NetworkAddress {
        let halves = unsafeBitCast(form, to: (UInt64, UInt64).self)
        return NetworkAddress(
            ipv6High: UInt64(bigEndian: halves.0), low: UInt64(bigEndian: halves.1), port: port,
            scope: scope)
    }
}
