internal import SUDPCrypto

/// A failed TLS handshake or a TLS alert, in words.
public struct HandshakeFailure: Hashable, Sendable {
    /// What went wrong, as far as the user has to act differently.
    public enum Kind: Hashable, Sendable {
        /// The certificate's chain does not end in a trusted authority.
        case untrusted
        /// The certificate is not valid at this time.
        case outsideValidity
        /// The certificate is for another name.
        case wrongName
        /// The public key is not the pinned one.
        case wrongPin
        /// The certificate was revoked.
        case revoked
        /// No trust was configured; nothing was accepted.
        case noTrust
        /// A client certificate was demanded and absent or refused.
        case clientCertificate
        /// The peer refused this security mode.
        case modeRefused
        /// Anything else.
        case other
    }

    /// What went wrong, for the program.
    public var kind: Kind
    /// The TLS alert code.
    public var alert: UInt8
    /// Whether the peer sent the alert; this side found the fault otherwise.
    public var isFromPeer: Bool
    /// What went wrong, for the user: one line without a full stop.
    public var reason: String
    /// SHA-256 of the peer's public key when one was seen.
    public var peerPin: [UInt8]?
}

extension HandshakeFailure: Error {
    static let plaintextRefused = HandshakeFailure(
        kind: .modeRefused, alert: 71, isFromPeer: false,
        reason: "plaintext mode is not allowed here", peerPin: nil)

    static func illegalParameter(_ reason: String) -> HandshakeFailure {
        HandshakeFailure(kind: .other, alert: 47, isFromPeer: false, reason: reason, peerPin: nil)
    }

    static func local(_ reason: String) -> HandshakeFailure {
        HandshakeFailure(kind: .other, alert: 80, isFromPeer: false, reason: reason, peerPin: nil)
    }

    init(_ failure: TLSFailure) {
        self.init(
            kind: Kind(failure.kind), alert: failure.alert, isFromPeer: failure.isFromPeer,
            reason: failure.reason, peerPin: failure.peerPin)
    }

    /// An alert that the peer sent in a CLOSE frame.
    init(alertFromPeer alert: UInt8, text: String) {
        let words = text.isEmpty ? "" : ": \(text)"
        self.init(
            kind: Kind(alertFromPeer: alert), alert: alert, isFromPeer: true,
            reason: "the peer refused with alert \(alert) (\(TLSAlert.name(alert)))\(words)",
            peerPin: nil)
    }
}

extension HandshakeFailure.Kind {
    init(_ kind: TLSFailure.Kind) {
        switch kind {
        case .certificateUntrusted, .certificateInvalid: self = .untrusted
        case .expired, .notYetValid: self = .outsideValidity
        case .wrongName: self = .wrongName
        case .wrongPin: self = .wrongPin
        case .revoked, .revocationUnknown: self = .revoked
        case .noTrust: self = .noTrust
        case .clientCertificateRequired: self = .clientCertificate
        case .applicationMismatch, .missingTransportParameters, .protocolError: self = .other
        }
    }

    init(alertFromPeer alert: UInt8) {
        switch alert {
        case 42, 43, 46, 48: self = .untrusted
        case 44: self = .revoked
        case 45: self = .outsideValidity
        case 71: self = .modeRefused
        case 116: self = .clientCertificate
        default: self = .other
        }
    }
}
