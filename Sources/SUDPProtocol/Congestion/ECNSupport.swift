/// Whether a path carries ECN bits, as far as that was tried (RFC 9000 §13.4.2).
public enum ECNSupport: Hashable, Sendable {
    /// Nothing sent with the bits was acknowledged yet.
    case unknown
    /// Packets go with the bits.
    case used
    /// The bits were cleared or not counted truly: packets go without.
    case failed
}
