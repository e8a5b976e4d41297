/// What a send call asks of the kernel besides carrying bytes.
struct SendFeatures: OptionSet, Hashable {
    let rawValue: UInt8

    /// One call carries a train that the kernel or the device cuts into datagrams (UDP_SEGMENT).
    static let segmentation = SendFeatures(rawValue: 1)
    /// The ECN bits are set.
    static let ecn = SendFeatures(rawValue: 2)
    /// The source address is the one that the peer knows (IP_PKTINFO).
    static let source = SendFeatures(rawValue: 4)

    static let all: SendFeatures = [.segmentation, .ecn, .source]
}
