internal import Synchronization

/// The SHA-256 of the content of files, listed as sha256sum(1) does.
public final class ChecksumList: Sendable {
    private struct State {
        var text = ""
        var savedByteCount = 0
    }

    private let path: String
    private let state = Mutex(State())

    /// Begins an empty list for a file, which must be one that can be written.
    public init(path: String) throws(FileFailure) {
        try WholeFile.checkWritable(path)
        self.path = path
    }

    /// The lines so far.
    var text: String { state.withLock { $0.text } }

    /// Lists a file under the name by which it is found.
    func note(_ path: String, _ checksum: [UInt8]) {
        append(path == "-" ? "./-" : path, checksum)
    }

    /// Lists what came from standard input or went to standard output.
    func noteStream(_ checksum: [UInt8]) {
        append("-", checksum)
    }

    /// Puts the list in the place of the file, or writes what is new to what is no regular file.
    public func save() throws(FileFailure) {
        try state.withLock { state throws(FileFailure) in
            let new = WholeFile.isSpecial(path) ? state.savedByteCount : 0
            try WholeFile.write(String(state.text.utf8.dropFirst(new)) ?? "", to: path)
            state.savedByteCount = state.text.utf8.count
        }
    }

    private func append(_ name: String, _ checksum: [UInt8]) {
        let digits = checksum.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let escaped = Self.escaped(name)
        let mark = escaped == name ? "" : "\\"
        state.withLock { $0.text += "\(mark)\(digits)  \(escaped)\n" }
    }

    /// A name on one line; a line on which something is spelt out begins with a backslash.
    private static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { [0x5c, 0x0a, 0x0d].contains($0) }) else { return name }
        var result = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
