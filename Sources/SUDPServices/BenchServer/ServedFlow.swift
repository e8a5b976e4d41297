/// The server's end of a connection that carries load.
struct ServedFlow: Sendable {
    let stream: any LoadStream
    let request: BenchFlowRequest
    let hall: BenchHall
    let visit: BenchVisit

    /// Moves load until the client ends it or all of it was moved.
    ///
    /// The first bytes of the client start the server's sending.
    func run() {
        do {
            guard try takeFirst() else { return stream.end(.complete, reason: "") }
            switch request.direction {
            case .download: try send()
            case .upload: try receive()
            case .both:
                let sending = DedicatedThread { try? send() }
                guard sending != nil else { return stream.end(.complete, reason: "") }
                try receive()
            }
        } catch {
            // The client ended the connection, or it was lost: the visit hears of that.
        }
    }

    private func takeFirst() throws -> Bool {
        var isTaken = false
        try stream.receive { bytes in
            isTaken = !request.direction.isUpload || hall.charge(bytes.count, to: visit)
            return false
        }
        return isTaken
    }

    /// Counts on the transport: what is read is dropped at once, without being looked at.
    private func receive() throws {
        let hasEnded = try stream.receive { hall.charge($0.count, to: visit) }
        guard hasEnded else { return }
        stream.confirmConsumed(isLast: request.direction == .upload)
    }

    private func send() throws {
        let pace = LoadPace(request.bytesPerSecond, and: hall.sendLimit)
        let load = LoadBlock(
            byteCount: request.byteCount > 0 ? request.byteCount : nil,
            blockByteCount: pace.blockByteCount(atMost: Int(request.blockByteCount)))
        try load.write(to: stream) {
            pace.pass($0)
            visit.spend($0)
        }
        stream.finish()
    }
}
