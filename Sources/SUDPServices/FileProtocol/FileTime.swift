internal import Glibc

/// When a file was last changed.
struct FileTime: Hashable, Comparable, Sendable {
    var seconds: Int64
    var nanoseconds: UInt32

    init(seconds: Int64, nanoseconds: UInt32) {
        self.seconds = min(max(seconds, 0), FileLimits.latestTime)
        self.nanoseconds = min(nanoseconds, 999_999_999)
    }

    init(_ time: timespec) {
        self.init(seconds: Int64(time.tv_sec), nanoseconds: UInt32(clamping: time.tv_nsec))
    }

    /// The time of day.
    static var now: FileTime {
        var time = Glibc.timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FileTime(time)
    }

    var timespec: Glibc.timespec {
        Glibc.timespec(tv_sec: Int(seconds), tv_nsec: Int(nanoseconds))
    }

    /// What futimens(2) takes to set this and leave the time of access alone.
    var pair: [Glibc.timespec] {
        [Glibc.timespec(tv_sec: 0, tv_nsec: 0x3fff_fffe), timespec]
    }

    static func < (a: FileTime, b: FileTime) -> Bool {
        (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }
}
