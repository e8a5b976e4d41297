import SUDPTransport

/// Options that say something about the transport.
protocol TransportOptions: Sendable {
    /// Carries these options into a configuration.
    func apply(to configuration: inout Configuration)
}
