/// The files of a certificate directory.
public enum CertificateFile: String, CaseIterable, Sendable {
    /// The authority's certificate: what the other side has to trust.
    case authorityCertificate = "ca-cert.pem"
    /// The authority's key: whoever has it can vouch for anybody.
    case authorityKey = "ca-key.pem"
    /// The certificate of listeners.
    case serverCertificate = "server-cert.pem"
    /// The key of listeners.
    case serverKey = "server-key.pem"
    /// The certificate of a client.
    case clientCertificate = "client-cert.pem"
    /// The key of a client.
    case clientKey = "client-key.pem"

    var isSecret: Bool {
        switch self {
        case .authorityKey, .serverKey, .clientKey: true
        case .authorityCertificate, .serverCertificate, .clientCertificate: false
        }
    }
}
