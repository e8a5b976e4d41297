import Glibc

/// The file that SSLKEYLOGFILE names: TLS secrets for analysers, for the owner's eyes only.
final class KeyLogFile: Sendable {
    private let descriptor: Int32

    /// Opens the file; nil when the variable is not set or the file cannot be opened.
    init?() {
        guard let path = getenv("SSLKEYLOGFILE"), path.pointee != 0 else { return nil }
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Appends a line.
    func append(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
