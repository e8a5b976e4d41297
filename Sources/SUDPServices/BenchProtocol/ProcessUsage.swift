internal import Glibc
internal import SUDPTransport

/// The clock and what this process has used up; both only grow.
enum ProcessUsage {
    /// Nanoseconds of a clock that nobody sets.
    static var clock: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
    }

    /// Statistics with the time and the process filled in.
    static func now() -> BenchStatistics {
        let clockRate = ProcessorClock.hertz(at: clock)
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        var statistics = BenchStatistics()
        statistics.time = clock
        statistics.userTime = nanoseconds(usage.ru_utime)
        statistics.systemTime = nanoseconds(usage.ru_stime)
        statistics.contextSwitches =
            UInt64(clamping: usage.ru_nvcsw) &+ UInt64(clamping: usage.ru_nivcsw)
        statistics.clockRate = clockRate
        statistics.socketCalls = SocketStatistics.callsOfProcess
        return statistics
    }

    private static func nanoseconds(_ time: timeval) -> UInt64 {
        UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_usec) &* 1000
    }
}
