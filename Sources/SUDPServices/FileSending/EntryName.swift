internal import Glibc

/// A name that was found in a directory.
enum EntryName: Hashable {
    case valid(String)
    /// Bytes that are not UTF-8.
    case invalid([UInt8])

    init(_ pointer: UnsafePointer<CChar>) {
        if let name = String(validatingCString: pointer) {
            self = .valid(name)
        } else {
            let bytes = UnsafeBufferPointer(start: pointer, count: strlen(pointer))
            self = .invalid(bytes.map(UInt8.init(bitPattern:)))
        }
    }

    /// Whether every directory has it: itself and its parent.
    var isOfEveryDirectory: Bool { self == .valid(".") || self == .valid("..") }

    /// The name with the bytes of no ASCII character spelt out.
    var spelling: String {
        switch self {
        case .valid(let name): name
        case .invalid(let bytes):
            bytes.map { byte in
                (0x20..<0x7f).contains(byte)
                    ? String(UnicodeScalar(byte)) : "\\x" + Self.hexadecimal(byte)
            }.joined()
        }
    }

    /// That nothing of this name can be sent.
    func problem(in directory: String) -> FileProblem {
        let separator = directory.hasSuffix("/") ? "" : "/"
        return .unusable(directory + separator + spelling, "its name is not valid UTF-8")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 0xf, radix: 16)
    }
}
