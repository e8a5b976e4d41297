/// What a pipe does at its ends.
struct PipeRules: Sendable {
    /// Whether the own stream ends with the peer's, because a person sits at the input.
    var finishesWithPeer = false
    /// The command at both descriptors: delivery is confirmed when it has ended by itself, and when
    /// it closes its input it may still write.
    var command: RunningCommand?
    /// How long no byte may move; nil for ever.
    var idleLimit: Duration?
}
