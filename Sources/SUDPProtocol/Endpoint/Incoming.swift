/// A first SYN that may become a connection.
public struct Incoming: Hashable, Sendable {
    /// The path the SYN came by.
    public let path: NetworkPath
    let originalDestination: ConnectionID
    let destination: ConnectionID
    let source: ConnectionID
    let isAddressValidated: Bool
}
