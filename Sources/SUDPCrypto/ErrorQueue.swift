internal import COpenSSL

/// The error queue that OpenSSL keeps for each thread.
enum ErrorQueue {
    static func clear() {
        ERR_clear_error()
    }

    /// The reason of the latest error in words, if there is one; the queue is empty afterwards.
    static func takeReason() -> String? {
        defer { ERR_clear_error() }
        let code = ERR_peek_last_error()
        guard code != 0 else { return nil }
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
