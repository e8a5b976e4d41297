/// What a benchmark server tells its operator.
public enum BenchServerEvent: Sendable {
    /// A client came.
    case began(peer: String)
    /// A client went, after so many bytes and seconds.
    case ended(peer: String, bytesSent: UInt64, bytesReceived: UInt64, seconds: Double)
    /// A connection was refused or given up.
    case refused(peer: String, reason: String)
}

extension BenchServerEvent: CustomStringConvertible {
    /// The event in one line that is safe to print.
    public var description: String {
        switch self {
        case .began(let peer): "\(peer): measures"
        case .ended(let peer, let sent, let received, let seconds):
            "\(peer): sent \(sent) bytes, received \(received) in"
                + " \(FixedPoint.text(seconds, decimals: 1)) s"
        case .refused(let peer, let reason): "\(peer): \(TerminalText.escaped(reason))"
        }
    }
}
