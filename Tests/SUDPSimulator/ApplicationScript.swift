package import SUDPProtocol

/// What an application does with its connection.
package struct ApplicationScript: Sendable {
    /// Bytes that are written some time after the connection is established.
    package struct Write: Sendable {
        package var delay: TimeSpan
        package var byteCount: UInt64

        package init(after delay: TimeSpan, _ byteCount: UInt64) {
            self.delay = delay
            self.byteCount = byteCount
        }
    }

    /// How received bytes are read.
    package enum Reading: Sendable {
        case greedy
        case never
        case notBefore(Instant)
        case rate(bytesPerSecond: UInt64)
    }

    /// What is written, in rising order of delay.
    package var writes: [Write]
    /// The largest block given to the connection at once.
    package var blockSize: UInt64 = 16_384
    /// Whether the stream is finished after the last write.
    package var finishes = true
    package var reading = Reading.greedy
    /// How long after the end of the peer's stream everything counts as consumed; nil: never.
    package var consumesAfter: TimeSpan? = .zero
    /// Whether what is read is written back, and the end answered by the end.
    package var echoes = false

    /// Writes `byteCount` bytes at once, finishes, and reads whatever comes.
    package init(sends byteCount: UInt64 = 0) {
        writes = byteCount == 0 ? [] : [Write(after: .zero, byteCount)]
    }

    /// Reads and sends everything back.
    package static var echo: ApplicationScript {
        var script = ApplicationScript()
        script.echoes = true
        return script
    }

    /// How many bytes are written in all.
    package var byteCount: UInt64 { writes.reduce(0) { $0 + $1.byteCount } }
}
