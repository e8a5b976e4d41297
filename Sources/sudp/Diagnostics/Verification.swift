/// How the peer's identity was verified, as summaries call it.
enum Verification: String, Sendable {
    /// By a certificate of a trusted authority.
    case authority = "ca"
    /// By its public key.
    case pin
    /// Not at all, by the user's wish.
    case insecure
    /// Not at all.
    case nothing = "none"
}
