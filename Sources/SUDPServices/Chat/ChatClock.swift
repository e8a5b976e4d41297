internal import Glibc

/// Times of a chat, milliseconds since 1970, as people read them.
public enum ChatClock {
    /// Hours and minutes, in this computer's time zone.
    public static func hoursAndMinutes(_ time: UInt64) -> String {
        let parts = local(time)
        return "\(two(parts.tm_hour)):\(two(parts.tm_min))"
    }

    /// Date and time to the second, in this computer's time zone.
    public static func full(_ time: UInt64) -> String {
        let parts = local(time)
        return "\(date(parts)) \(clock(parts))"
    }

    /// As RFC 3339 writes it, in universal time with milliseconds.
    public static func universal(_ time: UInt64) -> String {
        var seconds = time_t(clamping: time / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let milliseconds = String(time % 1000)
        let zeros = String(repeating: "0", count: 3 - milliseconds.count)
        return "\(date(parts))T\(clock(parts)).\(zeros)\(milliseconds)Z"
    }

    private static func local(_ time: UInt64) -> tm {
        // A peer may say any time; beyond the year 9999 it would have more digits than shown.
        var seconds = time_t(clamping: min(time / 1000, 253_402_300_799))
        var parts = tm()
        localtime_r(&seconds, &parts)
        return parts
    }

    private static func date(_ parts: tm) -> String {
        "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon &+ 1))-\(two(parts.tm_mday))"
    }

    private static func clock(_ parts: tm) -> String {
        "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }

    private static func two(_ number: Int32) -> String {
        number < 10 ? "0\(max(0, number))" : String(number)
    }
}
