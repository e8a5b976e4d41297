public import SUDPTransport

/// Why a benchmark could not be made, or what it found wanting.
public enum BenchFailure: Error, Hashable, Sendable {
    /// Something else answers there, or it broke the rules.
    case wrongService(String)
    /// The server allows less than was asked for.
    case notAllowed(String)
    /// The server demands a secret that this side does not know.
    case notPermitted(String)
    /// The connection ended before the measurement did.
    case endedEarly(CloseReason)
    /// The server's TCP port could not be used.
    case noTCP(String)
    /// A file of an earlier result is none.
    case unusableBaseline(path: String, reason: String)
    /// It was slower than the baseline allows.
    case slower(String)
    /// What came could not be written to the disk.
    case diskFailed(path: String, reason: String)
    /// The system allows no more threads.
    case noThread
    /// Nothing could be measured.
    case nothingMeasured
}

extension BenchFailure: CustomStringConvertible {
    /// What failed and why, in one line that is safe to print.
    public var description: String {
        switch self {
        case .wrongService(let what):
            "no benchmark server for this client: \(TerminalText.escaped(what))"
        case .notAllowed(let what), .notPermitted(let what): what
        case .endedEarly(let reason): "\(reason.words): the measurement is not complete"
        case .noTCP(let why): "TCP cannot be measured: \(TerminalText.escaped(why))"
        case .unusableBaseline(let path, let reason):
            "\(TerminalText.escaped(path)) is no result of sudp bench --json: \(reason)"
        case .slower(let what): what
        case .diskFailed(let path, let reason):
            "cannot write \(TerminalText.escaped(path)): \(reason)"
        case .noThread: "the system allows no more threads"
        case .nothingMeasured: "no byte moved: nothing was measured"
        }
    }
}
