import ArgumentParser
import SUDPServices
import SUDPTransport

/// How a server's port is opened, said aloud and kept up to date.
struct ListenerSettings: Sendable {
    private let clients: ListenerOptions
    private let identity: IdentityOptions
    private let endpoint: any TransportOptions
    private let diagnosis: DiagnosticsOptions
    private let adjust: @Sendable (inout Configuration) -> Void

    /// Takes the options of a command, and what its service wants of the transport.
    init(
        _ clients: ListenerOptions, _ identity: IdentityOptions, _ endpoint: any TransportOptions,
        _ diagnosis: DiagnosticsOptions,
        adjust: @escaping @Sendable (inout Configuration) -> Void = { _ in }
    ) {
        self.clients = clients
        self.identity = identity
        self.endpoint = endpoint
        self.diagnosis = diagnosis
        self.adjust = adjust
    }

    func validate(_ address: Address) throws {
        if address.pin != nil {
            throw ValidationError("A pin URI is for clients: listen at PORT or HOST:PORT.")
        }
        if identity.revocationList != nil && clients.clientAuthority == nil {
            throw ValidationError("--crl needs --client-ca: clients show no certificate otherwise.")
        }
    }

    /// Opens the port and tells where; failed handshakes are told until the task is cancelled.
    func open(
        _ address: Address, maximumConnections: Int, _ diagnostics: Diagnostics,
        onFailure: (@Sendable (HandshakeReport) async -> Void)? = nil
    ) async throws -> (listener: Listener, failures: Task<Void, Never>) {
        let configuration = try transportSettings(diagnostics)
        let listener = try await Listener.bind(
            host: address.host, port: address.port, configuration: configuration,
            maximumConnections: maximumConnections)
        let failures = Task {
            for await failure in listener.handshakeFailures {
                guard let onFailure else {
                    diagnostics.notice(
                        "\(failure.peer.text): no connection: \(failure.reason.words)")
                    continue
                }
                await onFailure(failure)
            }
        }
        reloadOnHangup(listener, diagnostics)
        do {
            try announce(listener, host: address.host, configuration, diagnostics)
        } catch {
            failures.cancel()
            listener.close()
            throw error
        }
        return (listener, failures)
    }

    /// How clients are verified.
    var verification: Verification { clients.clientAuthority == nil ? .nothing : .authority }

    private func transportSettings(_ diagnostics: Diagnostics) throws -> Configuration {
        var configuration = Configuration()
        endpoint.apply(to: &configuration)
        diagnosis.apply(to: &configuration)
        configuration.allowsPlaintext = clients.allowsPlaintext
        configuration.identity = try identity.serverIdentity(diagnostics)
        configuration.revocationLists = try identity.revocationLists()
        if let authority = clients.clientAuthority {
            configuration.clientAuthorities = [try SmallFile.read(authority)]
        }
        adjust(&configuration)
        return configuration
    }

    private func announce(
        _ listener: Listener, host: String?, _ configuration: Configuration,
        _ diagnostics: Diagnostics
    ) throws {
        for address in listener.localAddresses {
            diagnostics.notice("listening on \(address.text)")
        }
        guard let port = listener.localAddresses.first?.port else { return }
        if configuration.identity == nil {
            let uri = Address.pinURI(
                host: host ?? LocalHost.name ?? "localhost", port: port, pin: listener.identity.pin)
            diagnostics.notice("key made for this run; connect to \(uri)")
        }
        if let portFile = clients.portFile { try PortFile.write(port, to: portFile) }
    }

    private func reloadOnHangup(_ listener: Listener, _ diagnostics: Diagnostics) {
        SignalWatch.shared.onHangup { [self] in
            do {
                try listener.reload(transportSettings(diagnostics))
                diagnostics.notice("certificates reloaded")
            } catch {
                diagnostics.error("certificates not reloaded: \(error)")
            }
        }
    }
}
