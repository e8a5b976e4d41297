/// The ways to find out how fast a path may be used.
public enum CongestionControl: String, CaseIterable, Hashable, Sendable {
    /// Halves the window at every loss (RFC 5681, RFC 9002 §7).
    case reno
    /// Returns to the window of the last loss by a cubic function of time (RFC 9438).
    case cubic
    /// Sends as fast as the path delivered and keeps its queue short (draft-ietf-ccwg-bbr).
    case bbr
}
