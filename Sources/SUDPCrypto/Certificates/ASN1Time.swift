internal import COpenSSL

/// Conversions between ASN.1 times and seconds since 1970.
enum ASN1Time {
    static func unixSeconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(seconds)
    }

    static func with(
        unixSeconds: Int64, _ body: (UnsafeMutablePointer<ASN1_TIME>) -> Bool
    ) -> Bool {
        guard let time = ASN1_TIME_set(nil, time_t(unixSeconds)) else { return false }
        defer { ASN1_TIME_free(time) }
        return body(time)
    }

    /// A date and time in UTC, as in `2026-01-31 12:00:00Z`.
    static func text(unixSeconds: Int64) -> String {
        var time = time_t(unixSeconds)
        var fields = tm()
        guard OPENSSL_gmtime(&time, &fields) != nil else { return "\(unixSeconds)" }
        let date = [Int64(fields.tm_year) + 1900, Int64(fields.tm_mon) + 1, Int64(fields.tm_mday)]
        let clock = [fields.tm_hour, fields.tm_min, fields.tm_sec].map { Int64($0) }
        return "\(joined(date, by: "-")) \(joined(clock, by: ":"))Z"
    }

    private static func joined(_ numbers: [Int64], by separator: String) -> String {
        numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
    }
}
