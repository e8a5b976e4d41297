internal import COpenSSL

/// One name under which a certificate's subject may be reached.
public enum SubjectAlternativeName: Sendable, Hashable {
    /// A host name, maybe with `*` as its whole first label.
    case dnsName(String)
    /// An IPv4 or IPv6 address in its usual notation.
    case ipAddress(String)

    /// The name or address without its type.
    public var value: String {
        switch self {
        case .dnsName(let name): name
        case .ipAddress(let address): address
        }
    }

    /// Reads a host name or an address as a user types it; a trailing dot and an IPv6 zone are left
    /// out.
    ///
    /// - Parameter allowsWildcard: whether `*` may be the whole first label of at least three.
    public init(host: String, allowsWildcard: Bool = false) throws(CryptoError) {
        if let address = IPAddress(host) {
            self = .ipAddress(address.description)
        } else {
            self = .dnsName(try Self.checkedName(host, allowsWildcard: allowsWildcard))
        }
    }

    private static func checkedName(
        _ host: String, allowsWildcard: Bool
    ) throws(CryptoError) -> String {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        var labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let shown = PrintableText.escaped([UInt8](host.utf8.prefix(64)))
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        if allowsWildcard, labels.first == "*", labels.count >= 3 {
            labels.removeFirst()
        }
        let isNumber = labels.last?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? true
        let isValid =
            (1...253).contains(name.utf8.count) && labels.allSatisfy(isLabel) && !isNumber
        guard isValid else {
            let advice = isASCII ? "" : "; write it in its xn-- form"
            throw CryptoError(
                .invalidName, "\"\(shown)\" is neither a host name nor an address\(advice)")
        }
        return name.lowercased()
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default:
                    false
                }
            }
    }

    /// The names of a certificate; names of other types are left out.
    static func names(of certificate: OpaquePointer) -> [SubjectAlternativeName] {
        guard
            let extensionData = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil)
        else { return [] }
        let names = OpaquePointer(extensionData)
        defer { GENERAL_NAMES_free(names) }
        return (0..<max(0, OPENSSL_sk_num(names))).compactMap { index in
            OPENSSL_sk_value(names, index).flatMap {
                SubjectAlternativeName($0.assumingMemoryBound(to: GENERAL_NAME.self))
            }
        }
    }

    static func add(
        _ names: [SubjectAlternativeName], to certificate: OpaquePointer
    ) throws(CryptoError) {
        guard let stack = GENERAL_NAMES_new() else { throw CryptoError.library("naming hosts") }
        defer { GENERAL_NAMES_free(stack) }
        for name in names {
            guard let general = name.makeGeneralName() else {
                throw CryptoError.library("naming \(name)")
            }
            guard OPENSSL_sk_push(stack, general) > 0 else {
                GENERAL_NAME_free(general)
                throw CryptoError.library("naming \(name)")
            }
        }
        guard
            X509_add1_ext_i2d(
                certificate, NID_subject_alt_name, UnsafeMutableRawPointer(stack), 0, 0)
                == 1
        else { throw CryptoError.library("adding the names of a certificate") }
    }

    private func makeGeneralName() -> UnsafeMutablePointer<GENERAL_NAME>? {
        let (type, stringType, bytes) =
            switch self {
            case .dnsName(let name): (GEN_DNS, V_ASN1_IA5STRING, [UInt8](name.utf8))
            case .ipAddress(let address):
                (GEN_IPADD, V_ASN1_OCTET_STRING, IPAddress(address)?.bytes ?? [])
            }
        guard let string = ASN1_STRING_type_new(stringType) else { return nil }
        guard ASN1_STRING_set(string, bytes, Int32(clamping: bytes.count)) == 1,
            let name = GENERAL_NAME_new()
        else {
            ASN1_STRING_free(string)
            return nil
        }
        GENERAL_NAME_set0_value(name, type, string)
        return name
    }

    private init?(_ name: UnsafePointer<GENERAL_NAME>) {
        var type: Int32 = 0
        guard let value = GENERAL_NAME_get0_value(name, &type) else { return nil }
        let string = value.assumingMemoryBound(to: ASN1_STRING.self)
        let bytes = [UInt8](
            UnsafeBufferPointer(
                start: ASN1_STRING_get0_data(string),
                count: max(0, Int(ASN1_STRING_length(string)))))
        switch type {
        case GEN_DNS:
            self = .dnsName(PrintableText.escaped(bytes))
        case GEN_IPADD:
            guard let address = IPAddress(bytes: bytes)?.description else { return nil }
            self = .ipAddress(address)
        default:
            return nil
        }
    }
}

extension SubjectAlternativeName: CustomStringConvertible {
    /// The type and the value, as in `DNS:example.org` and `IP:192.0.2.1`.
    public var description: String {
        switch self {
        case .dnsName(let name): "DNS:\(name)"
        case .ipAddress(let address): "IP:\(address)"
        }
    }
}
