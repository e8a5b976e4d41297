public import SUDPCrypto

/// What a server gave to resume a session by.
public typealias SessionTicket = SUDPCrypto.SessionTicket

/// What a client does to resume sessions.
public struct Resumption: Sendable {
    /// What to resume a session by; it is used up by that.
    public var ticket: SessionTicket?
    /// Whether the server is asked for a ticket for the next connection (RFC 9149).
    public var asksForTicket: Bool
    /// Whether what is written before the connection is established goes with the opening, if the
    /// ticket allows that: whoever captures it can have the server get it once more.
    public var sendsEarlyData: Bool

    /// Makes the settings; by themselves nothing is resumed.
    public init(
        ticket: SessionTicket? = nil, asksForTicket: Bool = false, sendsEarlyData: Bool = false
    ) {
        self.ticket = ticket
        self.asksForTicket = asksForTicket
        self.sendsEarlyData = sendsEarlyData
    }
}
