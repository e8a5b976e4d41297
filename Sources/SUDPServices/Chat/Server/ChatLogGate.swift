/// Keeps somebody who comes and goes all the time from filling the log.
///
/// What is said, and what operators do, is always logged. The rest is counted by where it comes
/// from, so that a flood hides nobody else.
struct ChatLogGate: Sendable {
    private struct Bucket {
        var tokens = Double(ChatConstants.logBurst)
        var lastTime: UInt64
        var suppressedCount = 0
    }

    private static let limited: Set = [
        "stranger", "refused", "came", "gone", "joined", "left", "renamed", "away", "back", "topic",
        "muted",
    ]

    private var buckets: [String: Bucket] = [:]

    /// What to log for a record: it, a remark on those that were not logged before it, or nothing.
    mutating func admit(_ record: ChatRecord) -> [ChatRecord] {
        guard Self.limited.contains(record.event) else { return [record] }
        let host = record.address.lastIndex(of: ":").map { String(record.address[..<$0]) } ?? ""
        if buckets.count >= ChatConstants.logHosts, buckets[host] == nil { buckets = [:] }
        var bucket = buckets[host] ?? Bucket(lastTime: record.time)
        if record.time > bucket.lastTime {
            let seconds = Double(record.time - bucket.lastTime) / 1000
            bucket.tokens = min(
                bucket.tokens + seconds * Double(ChatConstants.logRate),
                Double(ChatConstants.logBurst))
            bucket.lastTime = record.time
        }
        defer { buckets[host] = bucket }
        guard bucket.tokens >= 1 else {
            bucket.suppressedCount += 1
            return []
        }
        bucket.tokens -= 1
        defer { bucket.suppressedCount = 0 }
        return Self.summary(bucket.suppressedCount, host, record.time) + [record]
    }

    /// What was not logged until now.
    mutating func summaries(now: UInt64) -> [ChatRecord] {
        defer { buckets = [:] }
        return buckets.sorted { $0.key < $1.key }.flatMap {
            Self.summary($0.value.suppressedCount, $0.key, now)
        }
    }

    private static func summary(_ count: Int, _ host: String, _ time: UInt64) -> [ChatRecord] {
        guard count > 0 else { return [] }
        return [
            ChatRecord(
                time: time, event: "suppressed", text: "\(count) lines about clients of \(host)")
        ]
    }
}
