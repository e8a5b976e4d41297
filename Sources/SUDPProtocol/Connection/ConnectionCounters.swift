/// What a connection counts for its statistics and remembers for its events.
struct ConnectionCounters {
    var statistics = ConnectionStatistics()
    var limits = LimitClock()
    var isSendBufferFull = false
    /// How far the application was told that it can read.
    var announcedOffset: UInt64 = 0
    var isEndAnnounced = false
    var isStopAnnounced = false
}
