/// What happens at a moment of a simulation.
package enum SimulationEvent {
    /// A datagram reaches an element of a link, or its end.
    case arrival(NetworkDatagram, link: Int, stage: Int)
    /// A connection may have something to do.
    case deadline(SimulatedConnection, Host)
    /// A client opens its connection.
    case connect(client: Int)
    /// The test does something.
    case action((Simulation) -> Void)
}
