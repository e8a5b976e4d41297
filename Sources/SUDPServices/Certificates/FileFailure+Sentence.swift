internal import SystemPackage

extension FileFailure: CustomStringConvertible {
    /// What failed and why, in one line that is safe to print.
    public var description: String {
        switch self {
        case .exists(let path): "\(TerminalText.escaped(path)) exists and is not replaced"
        case .cannotWrite(let path, let error):
            "cannot write \(TerminalText.escaped(path)): \(error)"
        case .missing(let path): "\(TerminalText.escaped(path)) is not there"
        case .cannotRead(let path, let error):
            "cannot read \(TerminalText.escaped(path)): \(error)"
        case .unusable(let path, let reason):
            "\(TerminalText.escaped(path)) cannot be used: \(reason)"
        }
    }
}
