import Testing

@testable import SUDPProtocol

@Suite struct NetworkAddressTests {
    @Test func `one host has many ports`() {
        let address = NetworkAddress(ipv6High: 1, low: 2, port: 3, scope: 4)
        #expect(address.isSameHost(as: NetworkAddress(ipv6High: 1, low: 2, port: 9, scope: 4)))
        #expect(!address.isSameHost(as: NetworkAddress(ipv6High: 1, low: 3, port: 3, scope: 4)))
        #expect(!address.isSameHost(as: NetworkAddress(ipv6High: 1, low: 2, port: 3, scope: 5)))
        let ipv4 = NetworkAddress(ipv4: 2, port: 3)
        #expect(!NetworkAddress(ipv6High: 0, low: 2, port: 3).isSameHost(as: ipv4))
    }

    @Test(
        arguments: [
            (NetworkAddress(ipv4: 0x7f00_0001, port: 1), true),
            (NetworkAddress(ipv4: 0x7fff_ffff, port: 1), true),
            (NetworkAddress(ipv4: 0x8000_0001, port: 1), false),
            (NetworkAddress(ipv6High: 0, low: 1, port: 1), true),
            (NetworkAddress(ipv6High: 0, low: 2, port: 1), false),
            (NetworkAddress(ipv6High: 0, low: 0x7f00_0001, port: 1), false),
        ])
    func `loopback addresses are known`(_ address: NetworkAddress, _ isLoopback: Bool) {
        #expect(address.isLoopback == isLoopback)
    }

    @Test func `only all zeros are unspecified`() {
        #expect(NetworkAddress(ipv4: 0, port: 9).isUnspecified)
        #expect(NetworkAddress(ipv6High: 0, low: 0, port: 9).isUnspecified)
        #expect(!NetworkAddress(ipv4: 1, port: 0).isUnspecified)
        #expect(!NetworkAddress(ipv6High: 1, low: 0, port: 0).isUnspecified)
    }

    @Test func `tokens are bound to family, address and port`() {
        let addresses = [
            NetworkAddress(ipv4: 1, port: 2), NetworkAddress(ipv4: 1, port: 3),
            NetworkAddress(ipv4: 2, port: 2), NetworkAddress(ipv6High: 0, low: 1, port: 2),
            NetworkAddress(ipv6High: 1, low: 1, port: 2),
        ]
        #expect(Set(addresses.map(\.tokenBytes)).count == addresses.count)
        #expect(Set(addresses.map(\.tokenBytes.count)).count == 1)
    }
}
