import SUDPServices
import SUDPTransport

/// How a server's port is opened, said aloud and kept up to date.
struct ListenerSettings: Sendable {
    let allowsPlaintext: Bool
    let clientAuthority: String?
    let portFile: String?
    let identity: IdentityOptions
    let endpoint: EndpointOptions
    let diagnosis: DiagnosticsOptions

    /// Opens the port and tells where; failed handshakes are told until the task is cancelled.
    func open(
        _ address: Address, maximumConnections: Int, _ diagnostics: Diagnostics
    ) async throws -> (listener: Listener, failures: Task<Void, Never>) {
        let configuration = try transportSettings(diagnostics)
        let listener = try await Listener.bind(
            host: address.host, port: address.port, configuration: configuration,
            maximumConnections: maximumConnections)
        let failures = Task { await report(listener.handshakeFailures, diagnostics) }
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
    var verification: Verification { clientAuthority == nil ? .nothing : .authority }

    private func transportSettings(_ diagnostics: Diagnostics) throws -> Configuration {
        var configuration = Configuration()
        endpoint.apply(to: &configuration)
        diagnosis.apply(to: &configuration)
        configuration.allowsPlaintext = allowsPlaintext
        configuration.identity = try identity.serverIdentity(diagnostics)
        configuration.revocationLists = try identity.revocationLists()
        if let clientAuthority {
            configuration.clientAuthorities = [try SmallFile.read(clientAuthority)]
        }
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
        if let portFile { try PortFile.write(port, to: portFile) }
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

    private func report(
        _ failures: AsyncStream<HandshakeReport>, _ diagnostics: Diagnostics
    ) async {
        for await failure in failures {
            diagnostics.notice("\(failure.peer.text): no connection: \(failure.reason.words)")
        }
    }
}
