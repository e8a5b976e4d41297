import SUDPServices
import SUDPTransport

/// What a user whose handshake failed can do about it: the flag that would accept the peer.
struct TrustAdvice {
    let text: String

    /// The advice for an error; nil when it is none of trust or there is nothing to advise.
    init?(_ error: any Error) {
        guard let failure = Self.failure(in: error),
            let text = Self.text(
                failure.kind, pin: failure.peerPin.flatMap { PublicKeyPin(digest: $0)?.description }
            )
        else { return nil }
        self.text = text
    }

    private static func failure(in error: any Error) -> HandshakeFailure? {
        if let error = error as? TransportError, case .authentication(let failure) = error.category
        {
            return failure
        }
        if case PipeFailure.endedEarly(.handshakeFailed(let failure), _, _) = error {
            return failure
        }
        return nil
    }

    private static func text(_ kind: HandshakeFailure.Kind, pin: String?) -> String? {
        let byPin = pin.map { "--pin \($0)" }
        switch kind {
        case .noTrust:
            return byPin.map { "when this is the right key, accept it with \($0)" }
        case .untrusted:
            return byPin.map { "name its authority with --ca FILE, or accept its key with \($0)" }
        case .outsideValidity:
            return byPin.map { "renew it, or accept its key with \($0)" }
        case .wrongName:
            return byPin.map { "accept it with --server-name NAME, or its key with \($0)" }
        case .wrongPin:
            return byPin.map { "when the change is expected, accept it with \($0)" }
        case .clientCertificate:
            return "show a certificate with --cert FILE --key FILE"
        case .modeRefused:
            return "connect without --plaintext, or let it listen with --allow-plaintext"
        case .revoked, .other:
            return nil
        }
    }
}
