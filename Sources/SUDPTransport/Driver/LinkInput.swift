internal import SUDPProtocol

/// What the driver took over from an application at one moment.
struct LinkInput: Sendable {
    /// Stream bytes to send, in order.
    var blocks: [ByteBlock] = []
    /// Whether the stream ends behind them.
    var isFinished = false
    /// What else is asked for, in order.
    var requests: [LinkRequest] = []
    /// How many received bytes the application's side wants now.
    var readRoom = 0
}
