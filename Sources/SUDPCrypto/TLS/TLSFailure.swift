/// Why a handshake ended without a connection, on which side, in numbers and in words.
public struct TLSFailure: Error, Sendable, Equatable {
    /// The causes that a caller may want to tell apart.
    public enum Kind: Sendable, Equatable {
        /// No trusted authority issued the certificate.
        case certificateUntrusted
        /// The validity of a certificate has ended.
        case expired
        /// The validity of a certificate has not begun.
        case notYetValid
        /// The certificate is for other names.
        case wrongName
        /// The public key is not one of the pinned ones.
        case wrongPin
        /// A certificate is on its issuer's revocation list.
        case revoked
        /// Revocation was to be checked and no current list of the issuer says anything.
        case revocationUnknown
        /// Nothing was trusted, so the certificate was refused; `peerPin` says what it was.
        case noTrust
        /// A certificate breaks another rule: its purpose, its key, its signature, its form.
        case certificateInvalid
        /// The server demands a client certificate and none was sent.
        case clientCertificateRequired
        /// The two ends speak different applications.
        case applicationMismatch
        /// The peer sent no transport parameters.
        case missingTransportParameters
        /// The peer broke TLS, or the two ends have no version, group or suite in common.
        case protocolError
    }

    /// The alert that was sent or received.
    public var alert: UInt8
    /// Whether the peer sent the alert.
    public var isFromPeer: Bool
    /// What happened in words.
    public var reason: String
    /// The SHA-256 digest of the peer's SubjectPublicKeyInfo, when its certificate was seen.
    public var peerPin: [UInt8]?
    /// The cause.
    public var kind: Kind

    init(_ kind: Kind, alert: UInt8, isFromPeer: Bool = false, reason: String) {
        self.kind = kind
        self.alert = alert
        self.isFromPeer = isFromPeer
        self.reason = reason
    }

    static let applicationDataInTLS = TLSFailure(
        .protocolError, alert: TLSAlert.unexpectedMessage,
        reason: "the peer sent application data inside TLS")

    /// What an alert from the peer says.
    init(received alert: UInt8) {
        self.init(
            Self.kind(ofReceived: alert), alert: alert, isFromPeer: true,
            reason: "the peer ended the handshake: \(TLSAlert.name(alert))")
    }

    private static func kind(ofReceived alert: UInt8) -> Kind {
        switch alert {
        case 42, 43, 46: .certificateInvalid
        case 44: .revoked
        case 45: .expired
        case 48: .certificateUntrusted
        case TLSAlert.missingExtension: .missingTransportParameters
        case TLSAlert.certificateRequired: .clientCertificateRequired
        case TLSAlert.noApplicationProtocol: .applicationMismatch
        default: .protocolError
        }
    }
}
