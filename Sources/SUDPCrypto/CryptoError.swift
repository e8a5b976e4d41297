/// What was wrong with a key, a certificate or the library, with a sentence for people.
public struct CryptoError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The causes that a caller may want to tell apart.
    public enum Kind: Sendable, Equatable {
        /// The text holds no PEM block of the expected type.
        case notPEM
        /// The PEM block is there, its content is broken.
        case malformed
        /// The text is longer than any certificate file needs.
        case tooLarge
        /// The private key is protected by a passphrase.
        case encryptedKey
        /// The text holds more than one private key.
        case severalKeys
        /// The private key does not belong to the certificate.
        case keyMismatch
        /// The validity of the certificate has ended.
        case expired
        /// The validity of the certificate has not begun.
        case notYetValid
        /// The certificate may not issue others.
        case notAuthority
        /// A host name, address or common name cannot stand in a certificate.
        case invalidName
        /// A number of days is not positive or beyond what a certificate can say.
        case invalidValidity
        /// The system gives no random bytes.
        case randomnessUnavailable
        /// The library refused for a reason of its own.
        case library
    }

    /// The cause.
    public let kind: Kind

    /// What happened, to what, and what to do next.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// Takes the library's last words from the error queue of this thread and empties it.
    static func library(_ action: String) -> CryptoError {
        CryptoError(.library, "\(action) failed: \(ErrorQueue.takeReason() ?? "no reason given")")
    }
}
