/// What a new certificate says of its subject and what it may be used for.
struct CertificateProfile {
    enum Role {
        case authority
        case server
        case client
    }

    let role: Role
    let commonName: String
    var alternativeNames: [SubjectAlternativeName] = []

    static func authority(name: String) throws(CryptoError) -> CertificateProfile {
        CertificateProfile(role: .authority, commonName: try checkedCommonName(name))
    }

    static func client(name: String) throws(CryptoError) -> CertificateProfile {
        CertificateProfile(role: .client, commonName: try checkedCommonName(name))
    }

    static func server(hosts: [String]) throws(CryptoError) -> CertificateProfile {
        var names: [SubjectAlternativeName] = []
        for host in hosts {
            let name = try SubjectAlternativeName(host: host, allowsWildcard: true)
            if !names.contains(name) {
                names.append(name)
            }
        }
        guard !names.isEmpty else {
            throw CryptoError(.invalidName, "a server certificate needs at least one host name")
        }
        let commonName = names.first { $0.value.utf8.count <= maximumCommonNameLength }
        return CertificateProfile(
            role: .server, commonName: commonName?.value ?? "sudp server",
            alternativeNames: names)
    }

    // RFC 5280 appendix A.1: ub-common-name.
    private static let maximumCommonNameLength = 64

    private static func checkedCommonName(_ name: String) throws(CryptoError) -> String {
        let isValid =
            (1...maximumCommonNameLength).contains(name.unicodeScalars.count)
            && name.first != "." && name.first != " " && name.last != " "
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || " ._-@+".unicodeScalars.contains(scalar)
            }
        guard isValid else {
            let shown = PrintableText.escaped([UInt8](name.utf8.prefix(64)))
            throw CryptoError(
                .invalidName,
                "\"\(shown)\" is not 1 to 64 letters, digits, spaces or . _ - @ +")
        }
        return name
    }
}
