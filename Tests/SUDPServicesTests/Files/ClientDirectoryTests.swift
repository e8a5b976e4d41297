import Testing

@testable import SUDPServices

/// The names of the directories that senders have of their own.
@Suite struct ClientDirectoryTests {
    private func name(_ subject: String, pin: UInt8 = 1) -> String {
        ClientDirectory.name(ofSubject: subject, pin: [pin])
    }

    @Test(arguments: [
        ("CN = ann", "ann"), ("CN = ann@example.com", "ann@example.com"),
        ("CN = Ann Lee", "Ann%20Lee"), ("CN = ../x", "%2e.%2fx"), ("CN = ..", "%2e."),
        ("CN = .hidden.sudp-part", "%2ehidden.sudp-part"), ("CN = a%2fb", "a%252fb"),
        ("CN = 192.0.2.1", "%3192.0.2.1"), ("CN = ::1", "%3a%3a1"), ("CN = -rf", "-rf"),
        ("CN = a\\0Ab", "a%5c0Ab"), ("CN = O = x", "CN%20=%20O%20=%20x"), ("CN = ", "CN%20=%20"),
        ("O = x, CN = ann", "O%20=%20x,%20CN%20=%20ann"),
    ])
    func `a certificate's subject becomes a safe name`(subject: String, expected: String) {
        #expect(name(subject) == expected)
        #expect(RelativePath.isAllowed(name(subject)))
    }

    @Test func `names that are too long stay apart`() {
        let long = "CN = " + String(repeating: " ", count: 200)
        #expect(name(long + "a") != name(long + "b"))
        #expect(name(long + "a") == name(long + "a", pin: 2))
        let cut = "CN = " + String(repeating: "n", count: 251)
        #expect(name(cut) != name(cut, pin: 2))
        for subject in [long, cut] { #expect(RelativePath.isAllowed(name(subject))) }
    }

    @Test func `senders without a subject stay apart by their keys`() {
        #expect(name("") == name(""))
        #expect(name("") != name("", pin: 2))
        #expect(RelativePath.isAllowed(name("")))
    }

    @Test(arguments: ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"])
    func `an address is its own name, and no certificate's`(host: String) {
        #expect(ClientDirectory.name(ofHost: host) == host)
        #expect(name("CN = \(host)") != host)
    }
}
