/// A command that is run for each connection.
public enum ServedCommand: Hashable, Sendable {
    /// A program with its arguments; never empty.
    case program(String, arguments: [String])
    /// A line for /bin/sh.
    case shell(String)

    /// Splits a line on blanks, without a shell; nil when nothing is left.
    public init?(splitting line: String) {
        let words = line.split { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
        guard let program = words.first else { return nil }
        self = .program(program, arguments: Array(words.dropFirst()))
    }

    /// The program that is started.
    var program: String {
        switch self {
        case .program(let name, _): name
        case .shell: "/bin/sh"
        }
    }

    /// Its arguments.
    var arguments: [String] {
        switch self {
        case .program(_, let arguments): arguments
        case .shell(let line): ["-c", line]
        }
    }
}
