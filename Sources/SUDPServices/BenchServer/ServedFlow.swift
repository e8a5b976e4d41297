internal import SUDPTransport

/// The server's end of a connection that carries load.
struct ServedFlow: Sendable {
    let connection: Connection
    let request: BenchFlowRequest
    let hall: BenchHall
    let visit: BenchVisit

    /// Moves load until the client ends it or all of it was moved.
    ///
    /// The first bytes of the client start the server's sending.
    func run() {
        do {
            guard let first = try connection.blockingRead() else { return end() }
            if request.direction.isUpload { hall.charge(first.count, to: visit) }
            connection.setCongestionControl(request.congestionControl)
            switch request.direction {
            case .download: try send()
            case .upload: try receive()
            case .both:
                let sending = DedicatedThread { try? send() }
                guard sending != nil else { return end() }
                try receive()
            }
        } catch {
            // The client ended the connection, or it was lost: the visit hears of that.
        }
    }

    private func end() {
        connection.close(code: BenchCode.complete.rawValue, reason: "")
    }

    /// Counts on the transport: what is read is dropped at once, without being looked at.
    private func receive() throws(TransportError) {
        while let block = try connection.blockingRead() {
            hall.charge(block.count, to: visit)
        }
        connection.confirmConsumed()
        if request.direction == .upload { connection.finish() }
    }

    private func send() throws(TransportError) {
        let pace = LoadPace(request.bytesPerSecond, and: hall.sendLimit)
        let load = LoadBlock(
            byteCount: request.byteCount > 0 ? request.byteCount : nil,
            blockByteCount: pace.blockByteCount(atMost: Int(request.blockByteCount)))
        try load.write(to: connection) {
            pace.pass($0)
            visit.spend($0)
        }
        connection.finish()
    }
}
