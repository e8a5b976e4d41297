internal import SUDPTransport

/// The blocking loop that carries the input to the peer.
struct PipeSender: Sendable {
    let connection: Connection
    let input: PipeInput
    let state: PipeState
    let rules: PipeRules

    /// Runs until the input ends or the connection takes no more.
    func run() {
        defer { input.end() }
        while true {
            let step = input.step { block in
                state.note { $0.isSending = true }
                defer { state.note { $0.isSending = false } }
                try connection.blockingWrite(block)
            }
            switch step {
            case .moved(let byteCount):
                state.note { $0.bytesSent &+= UInt64(byteCount) }
            case .ended:
                connection.finish()
                state.note { $0.inputEnded = true }
                return
            case .failed(let error):
                let failure = PipeFailure.inputFailed(name: input.name, error: "\(error)")
                state.fail(failure, code: .inputFailed, reason: "\(error)")
                return
            case .refused(let error):
                state.note { $0.inputWasRefused = true }
                if rules.command != nil, Self.isDataNotWanted(error) { discardRest() }
                return
            }
        }
    }

    /// Lets a command whose output nobody wants end by itself.
    private func discardRest() {
        while case .moved = input.step({ _ in }) {}
    }

    private static func isDataNotWanted(_ error: any Error) -> Bool {
        let code = CloseCode.application(ApplicationCode.dataNotWanted.rawValue)
        guard case .closedByPeer(code, _) = (error as? TransportError)?.category else {
            return false
        }
        return true
    }
}
