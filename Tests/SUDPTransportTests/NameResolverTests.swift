import SUDPProtocol
import Testing

@testable import SUDPTransport

@Suite(.timeLimit(.minutes(1))) struct NameResolverTests {
    private let all: Set<NetworkAddress.Family> = [.ipv4, .ipv6]

    @Test(arguments: [
        ("a b", "A B", "A a B b"),
        ("a b c", "A", "A a b c"),
        ("", "A B", "A B"),
        ("a", "", "a"),
        ("a a", "A A", "A a"),
    ])
    func `the IP versions alternate and IPv6 comes first`(
        ipv4: String, ipv6: String, order: String
    ) {
        let addresses = (ipv4 + " " + ipv6).split(separator: " ").map(address)

        let interleaved = NameResolver.interleaved(addresses)

        #expect(interleaved == order.split(separator: " ").map(address))
    }

    @Test func `a numeric host needs no resolver`() async throws {
        let addresses = try await NameResolver.resolve(
            "192.0.2.9", port: 5, families: all, limit: .zero)

        #expect(addresses.map(\.text) == ["192.0.2.9:5"])
    }

    @Test func `localhost is known`() async throws {
        let addresses = try await NameResolver.resolve(
            "localhost", port: 5, families: all, limit: .seconds(20))

        #expect(addresses.contains { $0.text == "127.0.0.1:5" })
    }

    @Test(arguments: ["192.0.2.9", "localhost"])
    func `only the wanted IP versions are found`(host: String) async throws {
        let found = try? await NameResolver.resolve(
            host, port: 5, families: [.ipv6], limit: .seconds(20))

        #expect((found ?? []).allSatisfy { $0.family == .ipv6 })
    }

    @Test(arguments: ["", "no such name", "a\0b"])
    func `what is no name is unknown`(host: String) async {
        let failure = await #expect(throws: ResolutionFailure.self) {
            try await NameResolver.resolve(host, port: 5, families: all, limit: .seconds(20))
        }

        guard case .unknown = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a cancelled task does not wait for the resolver`() async {
        let task = Task {
            try await NameResolver.resolve(
                "name.invalid", port: 5, families: all, limit: .seconds(3600))
        }
        task.cancel()

        let result = await task.result

        #expect(throws: ResolutionFailure.self) { try result.get() }
    }

    /// A lower-case letter stands for an IPv4 address, an upper-case one for an IPv6 address.
    private func address(_ letter: some StringProtocol) -> NetworkAddress {
        let value = letter.utf8.first.map(UInt32.init) ?? 0
        return letter.allSatisfy(\.isLowercase)
            ? NetworkAddress(ipv4: value, port: 1)
            : NetworkAddress(ipv6High: 0, low: UInt64(value), port: 1)
    }
}
