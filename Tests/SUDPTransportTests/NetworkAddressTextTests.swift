import SUDPProtocol
import Testing

@testable import SUDPTransport

@Suite struct NetworkAddressTextTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1:7831"),
        ("0.0.0.0", "0.0.0.0:7831"),
        ("255.255.255.255", "255.255.255.255:7831"),
        ("::1", "[::1]:7831"),
        ("::", "[::]:7831"),
        ("2001:0DB8:0:0::0001", "[2001:db8::1]:7831"),
        ("fe80::1%lo", "[fe80::1%lo]:7831"),
        ("fe80::1%1", "[fe80::1%lo]:7831"),
    ])
    func `a numeric host is printed in its shortest form`(host: String, text: String) {
        #expect(NetworkAddress(host: host, port: 7831)?.text == text)
    }

    @Test(arguments: [
        "", "localhost", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4x", "::g", "[::1]", "fe80::1%",
        "fe80::1%no-such-interface", "1.2.3.4 ", "1:2:3:4:5:6:7:8:9",
    ])
    func `what is no numeric host is not read`(host: String) {
        #expect(NetworkAddress(host: host, port: 1) == nil)
    }

    @Test func `an IPv4-mapped address is the IPv4 address`() {
        let mapped = NetworkAddress(host: "::ffff:192.0.2.7", port: 9)

        #expect(mapped == NetworkAddress(ipv4: 0xc000_0207, port: 9))
    }

    @Test(arguments: ["192.0.2.1", "2001:db8:1:2:3:4:5:6", "fe80::1234%1", "::"])
    func `the kernel's form reads back as the same address`(host: String) throws {
        let address = try #require(NetworkAddress(host: host, port: 65_535))
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: SocketAddress.capacity, alignment: 16)
        defer { memory.deallocate() }

        let byteCount = SocketAddress.write(address, to: memory)

        #expect(SocketAddress.read(memory, byteCount: byteCount) == address)
        #expect(SocketAddress.read(memory, byteCount: byteCount - 1) == nil)
    }
}
