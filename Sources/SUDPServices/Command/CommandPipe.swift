public import SUDPTransport
internal import Subprocess
internal import SystemPackage

/// A connection joined to the standard input and output of a command that runs only for it.
///
/// When the connection fails, the command and its process group are ended.
public struct CommandPipe: Sendable {
    private let connection: Connection
    private let command: ServedCommand
    private let idleLimit: Duration?

    /// Joins an established connection to a command that `run` starts.
    public init(connection: Connection, command: ServedCommand, idleLimit: Duration? = nil) {
        self.connection = connection
        self.command = command
        self.idleLimit = idleLimit
    }

    /// Runs the command until both streams are delivered and confirmed and it has ended by itself.
    ///
    /// A command that was killed by a signal has failed, and the peer hears it.
    public func run() async throws {
        let channel: CommandChannel
        do throws(Errno) { channel = try CommandChannel() } catch {
            throw await refuse("\(error)")
        }
        do {
            try await start(channel) { running in
                let rules = PipeRules(command: running, idleLimit: idleLimit)
                try await Pipe(
                    connection: connection, input: channel.input, output: channel.output,
                    rules: rules
                ).run()
            }
        } catch let error as SubprocessError {
            channel.close()
            let isMissing = error.code == .executableNotFound
            throw await refuse(isMissing ? "not found or not executable" : "\(error)")
        }
    }

    private func start(
        _ channel: CommandChannel, _ body: (RunningCommand) async throws -> Void
    ) async throws {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(
                signal: .terminate, toProcessGroup: true,
                allowedDurationToNextStep: RunningCommand.grace)
        ]
        _ = try await Subprocess.run(
            executable, arguments: Arguments(command.arguments),
            environment: .inherit.updating(environment), platformOptions: options,
            input: .fileDescriptor(channel.standardInput, closeAfterSpawningProcess: true),
            output: .fileDescriptor(channel.standardOutput, closeAfterSpawningProcess: true),
            error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        ) { execution in
            try await body(RunningCommand(processID: execution.processIdentifier.value))
        }
    }

    private var executable: Executable {
        command.program.contains("/") ? .path(FilePath(command.program)) : .name(command.program)
    }

    private var environment: [Environment.Key: String?] {
        let identity = connection.peerIdentity
        return [
            "SUDP_PEER_ADDRESS": connection.remoteAddress.text,
            "SUDP_PEER_PIN": identity.publicKeyPin.flatMap {
                PublicKeyPin(digest: $0)?.description
            },
            "SUDP_MODE": identity.mode == .plaintext ? "plaintext" : "secure",
        ]
    }

    private func refuse(_ error: String) async -> PipeFailure {
        connection.close(code: ApplicationCode.commandFailed.rawValue, reason: "")
        await connection.answerAfterClosing()
        return .commandNotStarted(command: command.program, error: error)
    }
}
