internal import COpenSSL

/// PEM text (RFC 7468) before libcrypto sees it, and the loop over its blocks.
enum PEM {
    static let maximumByteCount = 1 << 20

    /// The text without a byte order mark; refuses what no certificate file needs.
    static func checked(_ text: String) throws(CryptoError) -> String {
        guard text.utf8.count <= maximumByteCount else {
            throw CryptoError(.tooLarge, "the PEM text is longer than 1 MiB")
        }
        return text.unicodeScalars.first == "\u{FEFF}"
            ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Every block that `read` recognises, in order, at least one.
    static func blocks<Block>(
        _ text: String, of type: String,
        read: (OpaquePointer) throws(CryptoError) -> Block?
    ) throws(CryptoError) -> [Block] {
        let input = MemoryBIO(try checked(text))
        var blocks: [Block] = []
        ErrorQueue.clear()
        while let block = try read(input.handle) {
            blocks.append(block)
        }
        let code = ERR_peek_last_error()
        let isAtEnd =
            ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE
        let reason = ErrorQueue.takeReason() ?? "no reason given"
        guard isAtEnd else {
            throw CryptoError(.malformed, "a PEM block of a \(type) is broken: \(reason)")
        }
        guard !blocks.isEmpty else {
            throw CryptoError(.notPEM, "the text holds no PEM block of a \(type)")
        }
        return blocks
    }
}
