internal import SUDPTransport

/// The two byte streams of a connection as threads of their own use them.
protocol BlockingStream: Sendable {
    func blockingRead() throws(TransportError) -> ByteBlock?
    func blockingWrite(_ block: ByteBlock) throws(TransportError)
    func finish()
    func confirmConsumed()
    func close(code: UInt64, reason: String)
}

extension Connection: BlockingStream {}
