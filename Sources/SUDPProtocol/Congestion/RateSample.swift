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
    /// Whether it was sent to probe for bandwidth.
    var isProbe = false
    var newlyAcked = 0
    var newlyLost = 0
    /// The parts of them that were sent to probe for bandwidth.
    var newlyAckedOfProbe = 0
    var newlyLostOfProbe = 0
    /// The newly acknowledged packets that were sent as ECN-capable.
    var newlyAckedCapable = 0
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
    /// Bytes that arrived with a mark of congestion.
    var marked = 0
    var now: Instant
}
