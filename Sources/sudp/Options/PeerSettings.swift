import ArgumentParser
import SUDPServices
import SUDPTransport

/// The server that a client's options name, and how it is connected to.
struct PeerSettings: Sendable {
    private let address: Address
    private let trust: TrustOptions
    private let identity: IdentityOptions
    private let endpoint: any TransportOptions
    private let diagnosis: DiagnosticsOptions

    /// Takes the options of a command.
    init(
        _ address: Address, _ trust: TrustOptions, _ identity: IdentityOptions,
        _ endpoint: any TransportOptions, _ diagnosis: DiagnosticsOptions
    ) {
        self.address = address
        self.trust = trust
        self.identity = identity
        self.endpoint = endpoint
        self.diagnosis = diagnosis
    }

    func validate() throws {
        guard address.port > 0 else { throw ValidationError("Port 0 is for servers.") }
        if address.pin != nil { try trust.requireNoneOverPinURI() }
        if trust.usesPlaintext, identity.certificate != nil || identity.revocationList != nil {
            throw ValidationError("--plaintext knows no --cert, --key and --crl.")
        }
        if identity.revocationList != nil, trust.insecure || (trust.pin ?? address.pin) != nil {
            throw ValidationError("--crl needs an authority: --pin and --insecure ask nobody.")
        }
    }

    /// The transport's settings, and how the peer will have been verified.
    func settings(_ diagnostics: Diagnostics) throws -> (Configuration, Verification) {
        var configuration = Configuration()
        endpoint.apply(to: &configuration)
        diagnosis.apply(to: &configuration)
        guard !trust.usesPlaintext else {
            configuration.mode = .plaintext
            return (configuration, .nothing)
        }
        let (trusted, verification) = try trust.trust(pinOfAddress: address.pin)
        configuration.trust = trusted
        configuration.serverName = trust.serverName
        configuration.identity = try identity.identity(diagnostics)
        configuration.revocationLists = try identity.revocationLists()
        if trust.insecure {
            diagnostics.notice("--insecure: encrypted, but nobody knows to whom")
        }
        return (configuration, verification)
    }

    var host: String { address.host ?? "localhost" }
    var port: UInt16 { address.port }

    func connect(
        _ configuration: Configuration, within limit: Seconds?, _ opening: EarlyOpening? = nil
    ) async throws -> Connection {
        let timeout = limit?.duration ?? .seconds(60)
        guard let opening else {
            return try await Connection.connect(
                host: host, port: port, configuration: configuration, timeout: timeout)
        }
        return try await Connector(configuration: configuration).connect(
            host: host, port: port, earlyData: opening.bytes, isFinal: opening.isAll,
            timeout: timeout)
    }
}
