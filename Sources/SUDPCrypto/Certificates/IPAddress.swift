internal import COpenSSL

/// An IPv4 address of 4 bytes or an IPv6 address of 16.
struct IPAddress: CustomStringConvertible {
    let bytes: [UInt8]

    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual notation; an IPv6 zone after `%` is left out.
    init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
        let address = text.contains(":") ? text.prefix { $0 != "%" } : text[...]
        var bytes = [UInt8](repeating: 0, count: 16)
        let byteCount = Int(sudp_address_parse(String(address), &bytes))
        self.init(bytes: [UInt8](bytes.prefix(byteCount)))
    }

    var description: String {
        var text = [CChar](repeating: 0, count: 46)
        guard sudp_address_text(bytes, Int32(bytes.count), &text) != 0 else { return "" }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
