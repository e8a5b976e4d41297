internal import SUDPTransport

/// An IP address, or a network of them.
struct AddressRange: Hashable, Sendable {
    private let first: NetworkAddress
    private let prefixLength: Int

    /// Reads an address, or one with `/` and the length of the prefix that counts; nil for anything
    /// else.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.contains("%"),
            let address = NetworkAddress(host: String(host), port: 0)
        else { return nil }
        // An IPv4 address in the form of IPv6 has the prefix of that form.
        let excess = address.family == .ipv4 && host.contains(":") ? 96 : 0
        let width = Self.width(of: address)
        guard parts.count == 2 else {
            self.init(address, width)
            return
        }
        guard (1...3).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(parts[1]), (0...width).contains(length - excess)
        else { return nil }
        self.init(address, length - excess)
    }

    private init(_ address: NetworkAddress, _ prefixLength: Int) {
        var first = address
        first.port = 0
        first.scope = 0
        let unused = Self.width(of: address) - prefixLength
        first.low &= UInt64.max << UInt64(min(unused, 64))
        first.high &= UInt64.max << UInt64(max(unused - 64, 0))
        self.first = first
        self.prefixLength = prefixLength
    }

    /// The shortest way to write it.
    var text: String {
        prefixLength == Self.width(of: first)
            ? first.hostText : "\(first.hostText)/\(prefixLength)"
    }

    /// Whether somebody could mean one, be it wrong.
    static func isMeant(by text: String) -> Bool {
        text.contains("/") || text.contains(":")
            || text.contains(".") && text.allSatisfy { $0.isNumber || $0 == "." }
    }

    func contains(_ address: NetworkAddress) -> Bool {
        address.family == first.family && AddressRange(address, prefixLength).first == first
    }

    private static func width(of address: NetworkAddress) -> Int {
        address.family == .ipv4 ? 32 : 128
    }
}
