internal import Glibc
internal import SUDPProtocol

/// Gets trains past what the kernel, the device or a firewall refuses.
///
/// A feature is given up for good only when the same bytes went out without it: a refusal that
/// has another cause (a vanished address, a smaller MTU) must not cost a later train its speed.
struct TrainSender {
    /// One send call to make.
    struct Attempt: Hashable {
        /// The bytes to send, from the start of the train's buffer.
        var range: Range<Int>
        /// What to ask for.
        var features: SendFeatures
    }

    /// The segments the kernel takes in one call (UDP_MAX_SEGMENTS).
    static let maximumSegmentCount = 64
    /// The bytes the kernel takes in one call: an IPv4 packet's payload.
    static let maximumByteCount = 65_507

    /// What still works on this socket.
    private(set) var features = SendFeatures.all

    /// Sends the train from `offset` on.
    ///
    /// `call` makes one send call and returns its error number, 0 for success.
    mutating func send(
        _ train: Transmit, from offset: Int = 0, call: (Attempt) -> Int32
    ) -> SendOutcome {
        let wanted = features.intersection(Self.features(for: train))
        var attempt = Attempt(range: offset..<offset, features: wanted)
        var given: SendFeatures = []
        var mayRepeat = true
        var lost: Int32?
        while attempt.range.lowerBound < train.byteCount {
            attempt.range = Self.range(of: train, attempt)
            let errno = call(attempt)
            switch errno {
            case 0:
                features.subtract(given.subtracting(.source))
                given = []
            case EAGAIN, EWOULDBLOCK:
                return .blocked(offset: attempt.range.lowerBound)
            case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH:
                // An ICMP error of an earlier datagram is reported to whichever call comes next.
                if mayRepeat {
                    mayRepeat = false
                    continue
                }
                lost = errno
            default:
                if let suspect = Self.suspect(errno, attempt.features) {
                    attempt.features.remove(suspect)
                    given = suspect
                    continue
                }
                lost = errno
            }
            attempt.range = attempt.range.upperBound..<attempt.range.upperBound
        }
        return lost.map { .lost(errno: $0) } ?? .sent
    }

    private static func features(for train: Transmit) -> SendFeatures {
        var features: SendFeatures = []
        if train.byteCount > train.segmentByteCount { features.insert(.segmentation) }
        if train.ecn != .notECT { features.insert(.ecn) }
        if !train.path.local.isUnspecified { features.insert(.source) }
        return features
    }

    private static func range(of train: Transmit, _ attempt: Attempt) -> Range<Int> {
        let segment = max(train.segmentByteCount, 1)
        let segments =
            attempt.features.contains(.segmentation)
            ? max(min(maximumSegmentCount, maximumByteCount / segment), 1) : 1
        let start = attempt.range.lowerBound
        return start..<(start + min(train.byteCount - start, segment * segments))
    }

    /// The feature to do without after this refusal; nil when the bytes themselves are refused.
    private static func suspect(_ errno: Int32, _ features: SendFeatures) -> SendFeatures? {
        guard errno == EINVAL || errno == EIO else { return nil }
        if features.contains(.segmentation) { return .segmentation }
        guard errno == EINVAL else { return nil }
        if features.contains(.ecn) { return .ecn }
        return features.contains(.source) ? .source : nil
    }
}
