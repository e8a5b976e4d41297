/// What the packets that one acknowledgement settled say about the path's rate of delivery.
struct RateSample {
    /// Bytes per nanosecond; 0 when the packets do not tell.
    var rate = 0.0
    /// Bytes delivered between the sending of the newest packet and its acknowledgement.
    var delivered: UInt64 = 0
    /// What had been delivered when that packet was sent; nil when it is not known.
    var priorDelivered: UInt64?
    /// Bytes delivered since the connection began.
    var totalDelivered: UInt64 = 0
    /// Bytes that were declared lost since that packet was sent.
    var lost: UInt64 = 0
    /// Bytes in flight just after that packet was sent.
    var sentInFlight = 0
    var newlyAcked = 0
    var newlyLost = 0
    /// Whether the application, not the path, limited the rate.
    var isAppLimited = false
}

/// What an acknowledgement told of the path, once its losses are known.
struct AckSummary {
    var rate: RateSample
    /// The round-trip time that it measured, if it did.
    var rttSample: TimeSpan?
    var smoothedRTT: TimeSpan
    var bytesInFlight: Int
    var isWindowLimited: Bool
    var now: Instant
}
