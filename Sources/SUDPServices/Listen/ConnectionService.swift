public import SUDPTransport

/// What a connection is joined to.
public enum ConnectionService: Sendable {
    /// A command of its own.
    case command(ServedCommand, idleLimit: Duration?)
    /// An input and an output that connections take turns with; nil for an empty or refused stream.
    case standardStreams(input: PipeInput?, output: PipeOutput?, idleLimit: Duration?)

    /// Joins the connection until both streams are delivered and confirmed.
    public func serve(_ connection: Connection) async throws {
        switch self {
        case .command(let command, let idleLimit):
            try await CommandPipe(
                connection: connection, command: command, idleLimit: idleLimit
            ).run()
        case .standardStreams(let input, let output, let idleLimit):
            try await Pipe(
                connection: connection, input: input, output: output, idleLimit: idleLimit
            ).run()
        }
    }
}
