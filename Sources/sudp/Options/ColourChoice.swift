import ArgumentParser
import Glibc

/// When text has colours.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
    case auto
    case always
    case never

    /// Whether what goes to a terminal, or elsewhere, has colours.
    func hasColours(onTerminal isTerminal: Bool) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            let isForbidden = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
            let terminal = getenv("TERM").map { String(cString: $0) } ?? "dumb"
            return isTerminal && !isForbidden && terminal != "dumb"
        }
    }
}
