/// Why a certificate is not accepted.
public struct CertificateRefusal: Sendable, Equatable {
    /// The cause.
    public let kind: TLSFailure.Kind
    /// What is wrong with which certificate, in words.
    public let reason: String

    init(_ kind: TLSFailure.Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
