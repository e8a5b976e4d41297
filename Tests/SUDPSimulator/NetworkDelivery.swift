package import SUDPProtocol

/// A datagram that leaves an element at `time`.
package struct NetworkDelivery {
    package var datagram: NetworkDatagram
    package var time: Instant

    package init(_ datagram: NetworkDatagram, at time: Instant) {
        self.datagram = datagram
        self.time = time
    }
}
