internal import SUDPTransport
internal import SystemPackage

/// The blocking loop that carries the peer's bytes to the output and says when all were taken.
struct PipeReceiver: Sendable {
    let connection: Connection
    let output: PipeOutput?
    let state: PipeState
    let rules: PipeRules

    /// Runs until the peer's stream ends or nothing more can be read or written.
    func run() {
        guard let output else {
            return connection.stopReading(code: ApplicationCode.dataNotWanted.rawValue)
        }
        do {
            while let block = try connection.blockingRead() {
                guard deliver(block, to: output) else { return }
            }
            conclude(output)
        } catch {
            try? output.end()
        }
    }

    private func deliver(_ block: ByteBlock, to output: PipeOutput) -> Bool {
        let byteCount = UInt64(block.count)
        state.note { $0.isDelivering = true }
        defer { state.note { $0.isDelivering = false } }
        do {
            try output.write(block)
            state.note { $0.bytesReceived &+= byteCount }
            return true
        } catch {
            if rules.command != nil { try? output.end() }
            giveUp(output, error)
            return false
        }
    }

    private func giveUp(_ output: PipeOutput, _ error: Errno) {
        if error != .brokenPipe {
            let failure = PipeFailure.outputFailed(name: output.name, error: "\(error)")
            state.fail(failure, code: .outputFailed, reason: "\(error)")
        } else if rules.command != nil {
            refuseRest()
        } else {
            state.fail(PipeFailure.outputClosed, code: .outputClosed, reason: "")
        }
    }

    /// Refuses the rest of the peer's stream; what the command still writes is sent.
    private func refuseRest() {
        connection.stopReading(code: ApplicationCode.outputClosed.rawValue)
        closeOnceConfirmed(rules.command?.waitForEnd())
    }

    private func conclude(_ output: PipeOutput) {
        do throws(Errno) { try output.end() } catch { return giveUp(output, error) }
        state.note { $0.outputEnded = true }
        if let failure = rules.command?.waitForEnd() { return closeOnceConfirmed(failure) }
        connection.confirmConsumed()
        if rules.finishesWithPeer { connection.finish() }
    }

    /// Ends the connection after the peer has consumed what was sent to it.
    private func closeOnceConfirmed(_ failure: PipeFailure?) {
        Task { [connection, state] in
            try? await connection.waitUntilSendConfirmed()
            if let failure {
                state.fail(failure, code: .commandFailed, reason: "\(failure)")
            } else {
                connection.close(code: ApplicationCode.outputClosed.rawValue, reason: "")
            }
        }
    }
}
