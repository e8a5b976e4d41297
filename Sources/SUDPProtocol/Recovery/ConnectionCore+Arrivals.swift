extension ConnectionCore {
    /// Whether packets come so fast that they are acknowledged in groups.
    public var isReceivingBulk: Bool { session.acks.frequency.isBulk }

    /// How long datagrams may wait unread without harm, so that they are taken together; nil while
    /// the round trip is unknown.
    public var unreadTolerance: TimeSpan? {
        guard recovery.rtt.hasSample else { return nil }
        let most = min(recovery.rtt.minRTT / Limits.unreadDivisor, Limits.unreadMaximum)
        guard isReceivingBulk else { return most }
        return min(most, session.acks.frequency.packetInterval * Limits.unreadPackets)
    }
}
