internal import SUDPProtocol

/// A connection to open.
struct ClientOpening: Sendable {
    let link: ConnectionLink
    let security: ClientSecurity
    let configuration: ConnectionConfiguration
}
