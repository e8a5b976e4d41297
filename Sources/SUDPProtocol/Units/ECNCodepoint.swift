/// The two ECN bits of the IP header (RFC 3168 §5).
@frozen public enum ECNCodepoint: UInt8, Sendable {
    /// Not ECN-capable.
    case notECT = 0
    /// ECN-capable, ECT(1).
    case ect1 = 1
    /// ECN-capable, ECT(0).
    case ect0 = 2
    /// Congestion experienced.
    case ce = 3
}
