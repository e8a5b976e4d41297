internal import Glibc
internal import SUDPProtocol

/// An IPv4 and an IPv6 socket on the same port; at least one of them is there.
struct UDPSocketPair {
    /// How often another free port is tried when the other IP version has the first one in use.
    private static let portAttempts = 32

    let ipv4: UDPSocket?
    let ipv6: UDPSocket?

    /// Binds a socket to each address, at most one per IP version.
    ///
    /// Port 0 takes a port that is free for all. An IP version that this machine does not have is
    /// left out.
    init(boundTo addresses: [NetworkAddress]) throws(SystemError) {
        let wanted = [NetworkAddress.Family.ipv4, .ipv6].compactMap { family in
            addresses.first { $0.family == family }
        }
        var attempt = 1
        while true {
            do throws(SystemError) {
                let sockets = try Self.open(wanted)
                ipv4 = sockets.first { $0.localAddress.family == .ipv4 }
                ipv6 = sockets.first { $0.localAddress.family == .ipv6 }
                return
            } catch {
                guard error.errno == EADDRINUSE, wanted.allSatisfy({ $0.port == 0 }),
                    attempt < Self.portAttempts
                else { throw error }
                attempt += 1
            }
        }
    }

    /// The addresses that the sockets are bound to.
    var localAddresses: [NetworkAddress] { all.map(\.localAddress) }

    /// The sockets that are there.
    var all: [UDPSocket] { [ipv4, ipv6].compactMap(\.self) }

    private static func open(_ wanted: [NetworkAddress]) throws(SystemError) -> [UDPSocket] {
        var sockets: [UDPSocket] = []
        var absent = SystemError(errno: EINVAL, operation: "bind no address")
        for var address in wanted {
            if address.port == 0, let port = sockets.first?.localAddress.port {
                address.port = port
            }
            do throws(SystemError) {
                sockets.append(try UDPSocket(boundTo: address))
            } catch {
                guard error.errno == EAFNOSUPPORT || error.errno == EADDRNOTAVAIL
                else { throw error }
                absent = error
            }
        }
        guard !sockets.isEmpty else { throw absent }
        return sockets
    }
}
