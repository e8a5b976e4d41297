/// An identity: a leaf certificate with its issuers in order, and the leaf's private key.
public struct CertificateChain: Sendable {
    /// The leaf, then its issuers as far as they are to be sent.
    public let certificates: [Certificate]
    /// The key of the leaf.
    public let privateKey: PrivateKey

    /// The certificate that the private key belongs to.
    public var leaf: Certificate { certificates[0] }

    /// Throws when there is no certificate or the key is not that of the first one.
    public init(certificates: [Certificate], privateKey: PrivateKey) throws(CryptoError) {
        guard let leaf = certificates.first else {
            throw CryptoError(.notPEM, "an identity needs at least one certificate")
        }
        guard privateKey.matches(leaf) else {
            throw CryptoError(
                .keyMismatch,
                "the private key does not belong to the certificate of \(leaf.subject)")
        }
        self.certificates = certificates
        self.privateKey = privateKey
    }

    /// Reads both from PEM texts.
    public init(certificatePEM: String, keyPEM: String) throws(CryptoError) {
        try self.init(
            certificates: try Certificate.bundle(pem: certificatePEM),
            privateKey: try PrivateKey(pem: keyPEM))
    }
}
