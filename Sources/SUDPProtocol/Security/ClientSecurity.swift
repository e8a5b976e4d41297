public import SUDPCrypto

/// What a client asks for.
public enum ClientSecurity: Sendable {
    /// TLS 1.3 with this trust; the name or IP literal to verify; the wall clock in Unix seconds.
    case secure(
        TLSContext, serverName: String?, wallClock: Int64, resumption: Resumption = Resumption())
    /// No encryption.
    case plaintext

    /// The same for another attempt: a ticket serves once.
    var withoutTicket: ClientSecurity {
        guard case .secure(let context, let serverName, let wallClock, var resumption) = self else {
            return self
        }
        resumption.ticket = nil
        return .secure(
            context, serverName: serverName, wallClock: wallClock, resumption: resumption)
    }
}
