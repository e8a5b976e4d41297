/// What a pipe does at its ends.
struct PipeRules: Sendable {
    /// Whether the own stream ends with the peer's, because a person sits at the input.
    var finishesWithPeer = false
    /// Whether a closed output only ends the peer's stream and not the connection.
    var stopsWhenOutputCloses = false
    /// The command whose end the last step waits for.
    var command: RunningCommand?
    /// How long no byte may move; nil for ever.
    var idleLimit: Duration?
}
