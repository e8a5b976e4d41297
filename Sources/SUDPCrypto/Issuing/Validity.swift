/// The times from which and until which a certificate or a revocation list counts.
struct Validity {
    private static let secondsPerDay: Int64 = 86_400
    private static let maximumDays = 36_500
    // Clocks of peers may be a little behind.
    private static let backdating: Int64 = 300

    let notBefore: Int64
    let notAfter: Int64

    init(days: Int, now: Int64) throws(CryptoError) {
        guard (1...Self.maximumDays).contains(days) else {
            throw CryptoError(
                .invalidValidity, "\(days) days are not between 1 and \(Self.maximumDays)")
        }
        notBefore = now - Self.backdating
        notAfter = notBefore + Int64(days) * Self.secondsPerDay - 1
    }

    private init(notBefore: Int64, notAfter: Int64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    func within(_ issuer: Certificate) -> Validity {
        Validity(
            notBefore: max(notBefore, issuer.notBefore), notAfter: min(notAfter, issuer.notAfter))
    }
}
