/// Self-signed server identities for one run, to be trusted by their pin.
public enum EphemeralIdentity {
    /// Makes a key and its certificate for `hosts`; `now` is in seconds since 1970.
    public static func generate(
        hosts: [String], days: Int = 398, now: Int64, keyType: KeyType = .p256
    ) throws(CryptoError) -> CertificateChain {
        let builder = CertificateBuilder(
            profile: try .server(hosts: hosts), validity: try Validity(days: days, now: now))
        let key = try keyType.generate()
        let leaf = try builder.build(subjectKey: key, issuer: nil)
        return try CertificateChain(certificates: [leaf], privateKey: key)
    }
}
