import SUDPServices
import SUDPTransport

/// What a connection did and why it was as fast as it was; the keys are fixed in sudp(1).
struct ConnectionSummary {
    /// A value with its unit for people and as JSON.
    private struct Field {
        let key: String
        let text: String
        let json: String
    }

    private let fields: [Field]

    init(
        _ connection: Connection, _ statistics: Statistics, verification: Verification,
        elapsed: Duration
    ) {
        let identity = connection.peerIdentity
        let seconds = max(elapsed / .seconds(1), 1e-9)
        let bytes = statistics.streamBytesAcknowledged &+ statistics.streamBytesRead
        let isSecure = identity.mode == .secure
        fields =
            [
                Self.word("peer", connection.remoteAddress.text),
                Self.count("sent", statistics.streamBytesAcknowledged),
                Self.count("received", statistics.streamBytesRead),
                Self.number("seconds", seconds, decimals: 3),
                Self.number("rate", Double(bytes) / seconds / 1e6, decimals: 3, unit: "MB/s"),
                Self.word("mode", isSecure ? "secure" : "plaintext"),
                Self.word("cipher", isSecure ? identity.cipherSuite : "none"),
                Self.word("exchange", isSecure ? identity.keyExchange : "none"),
                Self.word("verified", isSecure ? verification.rawValue : "none"),
                Self.word("session", Self.session(identity)),
            ] + Self.pathFields(statistics) + Self.limitFields(statistics.transport)
    }

    /// The fields as `key=value` words.
    var text: String {
        fields.map { "\($0.key)=\($0.text)" }.joined(separator: " ")
    }

    /// The fields as one JSON object, the numbers in the same units and without them.
    func json(kind: String) -> String {
        let all = [Self.word("event", kind)] + fields
        return "{" + all.map { "\"\($0.key)\":\($0.json)" }.joined(separator: ",") + "}"
    }

    private static func session(_ identity: PeerIdentity) -> String {
        identity.isEarlyDataAccepted ? "early" : identity.isResumed ? "resumed" : "new"
    }

    private static func pathFields(_ statistics: Statistics) -> [Field] {
        let sent = max(statistics.packetsSent, 1)
        let lost =
            statistics.packetsLost
            &- min(
                statistics.packetsSpuriouslyLost, statistics.packetsLost)
        let offloads = [
            statistics.sockets.usesSegmentationOffload ? "gso" : nil,
            statistics.sockets.usesReceiveOffload ? "gro" : nil,
        ].compactMap(\.self)
        return [
            number("rtt", milliseconds(statistics.smoothedRTT), decimals: 3, unit: "ms"),
            number("minrtt", milliseconds(statistics.minRTT), decimals: 3, unit: "ms"),
            number("loss", 100 * Double(lost) / Double(sent), decimals: 2, unit: "%"),
            count("retransmitted", statistics.streamBytesRetransmitted),
            count("mtu", UInt64(clamping: statistics.maximumDatagramSize)),
            word("offload", offloads.isEmpty ? "none" : offloads.joined(separator: "+")),
        ]
    }

    private static func limitFields(_ statistics: ConnectionStatistics) -> [Field] {
        let limits = [
            ("app", statistics.applicationLimited), ("cwnd", statistics.congestionLimited),
            ("peer", statistics.flowControlLimited), ("pacing", statistics.pacingLimited),
        ]
        let total = max(limits.reduce(0) { $0 + $1.1.seconds }, 1e-9)
        return limits.map { name, time in
            number("limited-\(name)", 100 * time.seconds / total, decimals: 0, unit: "%")
        }
    }

    private static func milliseconds(_ time: TimeSpan?) -> Double { (time?.seconds ?? 0) * 1000 }

    private static func word(_ key: String, _ value: String) -> Field {
        Field(key: key, text: value, json: JSONText.string(value))
    }

    private static func count(_ key: String, _ value: UInt64) -> Field {
        Field(key: key, text: String(value), json: String(value))
    }

    private static func number(
        _ key: String, _ value: Double, decimals: Int, unit: String = ""
    ) -> Field {
        let digits = FixedPoint.text(value, decimals: decimals)
        return Field(key: key, text: digits + unit, json: digits)
    }
}
