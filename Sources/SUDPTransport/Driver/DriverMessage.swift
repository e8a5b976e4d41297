/// What other threads ask of a driver.
enum DriverMessage: Sendable {
    /// Open a connection as a client.
    case open(ClientOpening)
    /// The application's side of a connection changed.
    case touched(ConnectionLink)
    /// Take first SYNs, or leave them unanswered.
    case accept(Bool)
    /// Make new connections by other rules.
    case reconfigure(ListenerRules)
    /// Take no more connections and end when the last one is over.
    case retire
}
