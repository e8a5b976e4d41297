internal import Glibc

/// The time of day, which certificates are judged by.
enum WallClock {
    /// Seconds since 1970.
    static func unixSeconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
