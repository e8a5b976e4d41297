package import SUDPProtocol

/// What happened in a simulation: a digest (FNV-1a, 64 bits) and, when wanted, the lines to read.
///
/// Holds times, sizes, directions and event names, never ciphertext: libssl draws its own
/// randomness, so ciphertext differs from run to run.
package struct Trace {
    package private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    package private(set) var lines: [String] = []
    private let keepsLines: Bool

    package init(keepsLines: Bool) {
        self.keepsLines = keepsLines
    }

    package mutating func record(_ time: Instant, _ line: @autoclosure () -> String) {
        let text = line()
        mix(time.nanoseconds)
        for byte in text.utf8 { mix(byte: byte) }
        guard keepsLines else { return }
        let microseconds = time.sinceStart.nanoseconds / 1000
        let padding = String(repeating: " ", count: max(0, 12 - String(microseconds).count))
        lines.append("\(padding)\(microseconds) us  \(text)")
    }

    /// Records a datagram without making a line when nobody reads it.
    package mutating func record(
        _ time: Instant, _ verb: StaticString, link: Int, _ datagram: NetworkDatagram
    ) {
        mix(time.nanoseconds)
        mix(byte: verb.utf8Start.pointee)
        mix(UInt64(truncatingIfNeeded: link))
        mix(UInt64(truncatingIfNeeded: datagram.bytes.count))
        guard keepsLines else { return }
        let kind = datagram.isLong ? "long" : "short"
        let arrow = link % 2 == 0 ? "client \(link / 2) -> server" : "server -> client \(link / 2)"
        let microseconds = time.sinceStart.nanoseconds / 1000
        let padding = String(repeating: " ", count: max(0, 12 - String(microseconds).count))
        lines.append(
            "\(padding)\(microseconds) us  \(arrow): \(verb) #\(datagram.number) \(kind) "
                + "\(datagram.bytes.count) bytes")
    }

    private mutating func mix(_ word: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            mix(byte: UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    private mutating func mix(byte: UInt8) {
        digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}
