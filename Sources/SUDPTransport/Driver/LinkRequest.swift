internal import SUDPProtocol

/// What an application asks of its connection besides moving bytes.
enum LinkRequest: Hashable, Sendable {
    case confirmConsumed
    case stopReading(code: UInt64)
    case reset(code: UInt64)
    case close(code: UInt64, reason: String)
    case statistics
    case setCongestionControl(CongestionControl)
}
