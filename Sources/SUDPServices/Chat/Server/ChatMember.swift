/// One client of a server, from its connection to its end.
struct ChatMember: Sendable {
    /// Names a client for as long as the server runs.
    typealias ID = UInt64

    let id: ID
    let identity: ChatIdentity
    /// What a new connection of the same client shows to get its name back.
    let secret: String
    var nickname: Nickname?
    var rooms: [String] = []
    var awayNote: String?
    var isOperator: Bool
    var gate: FloodGate
    /// Until when an operator allows it no word.
    var silencedUntil: UInt64 = 0

    var address: String { identity.address }

    /// The pin of the key that its certificate is for.
    var pin: String? { identity.pin }

    var nick: String { nickname?.text ?? "" }

    var flags: ChatEvent.Flags {
        var flags: ChatEvent.Flags = []
        if pin != nil { flags.insert(.proven) }
        if isOperator { flags.insert(.isOperator) }
        return flags
    }

    /// The name as lists show it: `@` for an operator, `✓` for a certificate.
    var listed: String { (isOperator ? "@" : "") + (pin == nil ? "" : "✓") + nick }
}
