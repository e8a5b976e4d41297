internal import SUDPCrypto

/// What one side proves to be: a certificate, its issuers and its private key.
public struct Identity: Sendable {
    let chain: CertificateChain
    private let isForThisRun: Bool

    private init(chain: CertificateChain, isForThisRun: Bool) {
        self.chain = chain
        self.isForThisRun = isForThisRun
    }

    /// Reads an identity from PEM texts: the certificate, its issuers behind it, and the key.
    ///
    /// - Throws: `TransportError` of category `local` when they cannot be used together.
    public init(certificatePEM: String, keyPEM: String) throws(TransportError) {
        do throws(CryptoError) {
            let chain = try CertificateChain(certificatePEM: certificatePEM, keyPEM: keyPEM)
            self.init(chain: chain, isForThisRun: false)
        } catch {
            throw TransportError(error)
        }
    }

    /// Reads an identity from PEM files.
    ///
    /// - Throws: `TransportError` of category `system` or `local` when they cannot be used.
    public init(certificateFile: String, keyFile: String) throws(TransportError) {
        let texts: (certificate: String, key: String)
        do throws(SystemError) {
            texts = (try TextFile.read(certificateFile), try TextFile.read(keyFile))
        } catch {
            throw TransportError(error)
        }
        do throws(CryptoError) {
            let chain = try CertificateChain(certificatePEM: texts.certificate, keyPEM: texts.key)
            self.init(chain: chain, isForThisRun: false)
        } catch {
            throw TransportError(
                .local, "\(certificateFile) with \(keyFile): \(error.description)")
        }
    }

    /// Makes a self-signed identity for this run, which clients can trust by its pin.
    ///
    /// - Throws: `TransportError` of category `local` when the system has no randomness.
    public static func ephemeral(
        hosts: [String] = ["localhost"]
    ) throws(TransportError) -> Identity {
        do throws(CryptoError) {
            let now = WallClock.unixSeconds()
            let chain = try EphemeralIdentity.generate(hosts: hosts, now: now)
            return Identity(chain: chain, isForThisRun: true)
        } catch {
            throw TransportError(error)
        }
    }

    /// What clients pin: the digest of the public key, `sha256:` and 64 hexadecimal digits.
    public var pin: String { PublicKeyPin(digest: chain.leaf.publicKeyPin)?.description ?? "" }

    /// The certificate as a PEM text.
    public var certificatePEM: String { chain.leaf.pem }

    /// The key of the stateless resets: the same after a restart with the same identity.
    func resetKey() throws(CryptoError) -> Secret {
        guard !isForThisRun else { return try SystemEntropy.seed() }
        let material = [UInt8](chain.privateKey.pem.utf8)
        let secret = HKDF.extract(salt: [], inputKeyMaterial: material)
        return HKDF.expandLabel(secret, "sudp reset")
    }
}
