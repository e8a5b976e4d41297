import SUDPTransport
import Testing

@testable import SUDPServices

/// Addresses and networks as people write them.
@Suite struct AddressRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7/32", "192.0.2.7"), ("0.0.0.0/0", "0.0.0.0/0"), ("9.9.9.9/0", "0.0.0.0/0"),
        ("2001:DB8:0::5/32", "2001:db8::/32"), ("2001:db8::5/128", "2001:db8::5"), ("::/0", "::/0"),
        ("2001:db8:1:2:3::/65", "2001:db8:1:2::/65"),
        ("2001:db8:1:2:ffff::/64", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3/104", "10.0.0.0/8"), ("::ffff:10.1.2.3", "10.1.2.3"),
    ])
    func `a network has one spelling`(text: String, expected: String) {
        #expect(AddressRange(text)?.text == expected)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8",
        "10.0.0/8", "10.0.0.256", "::1/129", "::1/1000000000000000000000", "fe80::1%lo", "ann",
        "10.0.0.0/٨", "10.0.0.0/8 ", "::ffff:10.0.0.0/95", "a/8", "1",
    ])
    func `everything else is none`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/9", "10.128.0.0", false), ("192.0.2.7", "192.0.2.7", true),
        ("192.0.2.7", "192.0.2.6", false), ("0.0.0.0/0", "203.0.113.1", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "203.0.113.1", false), ("::/0", "fe80::1", true),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
        ("2001:db8::/65", "2001:db8::7fff:0:0:1", true),
        ("2001:db8::/65", "2001:db8::8000:0:0:1", false), ("::1", "::1", true),
        ("::1", "::2", false),
    ])
    func `an address is in a network or not`(network: String, host: String, isIn: Bool) throws {
        let range = try #require(AddressRange(network))
        #expect(range.contains(try #require(NetworkAddress(host: host, port: 4711))) == isIn)
    }
}
