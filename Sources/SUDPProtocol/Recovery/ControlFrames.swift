/// Frames whose latest value their owner sends again when a packet with them is lost.
struct ControlFrames: OptionSet {
    let rawValue: UInt16

    static let ping = ControlFrames(rawValue: 1 << 0)
    static let handshakeDone = ControlFrames(rawValue: 1 << 1)
    static let maxData = ControlFrames(rawValue: 1 << 2)
    static let dataBlocked = ControlFrames(rawValue: 1 << 3)
    static let consumed = ControlFrames(rawValue: 1 << 4)
    static let stop = ControlFrames(rawValue: 1 << 5)
    static let reset = ControlFrames(rawValue: 1 << 6)
    static let parameters = ControlFrames(rawValue: 1 << 7)
    static let pathChallenge = ControlFrames(rawValue: 1 << 8)
    static let pathResponse = ControlFrames(rawValue: 1 << 9)
    /// No frame but the mark of a probe, whose loss says nothing of congestion (RFC 8899 §3).
    static let pathMTUProbe = ControlFrames(rawValue: 1 << 10)
}
