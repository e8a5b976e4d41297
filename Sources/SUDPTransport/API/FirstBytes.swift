internal import SUDPProtocol

/// What a client's stream begins with, known before there is a connection.
struct FirstBytes: Sendable {
    var bytes: [UInt8] = []
    /// Whether the stream also ends with them.
    var isFinal = false

    var isEmpty: Bool { bytes.isEmpty && !isFinal }

    /// Has the bytes sent as soon as the connection allows.
    func write(to link: ConnectionLink) {
        _ = link.write(ByteBlock(bytes))
        if isFinal { link.finish() }
    }
}
