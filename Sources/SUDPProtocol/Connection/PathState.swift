/// The path in use, whether the peer proved to be there, and what may be sent until it did.
struct PathState {
    private(set) var current: NetworkPath
    private(set) var isValidated: Bool
    private var received: UInt64 = 0
    private var sent: UInt64 = 0
    private var previous: NetworkPath?
    private var challenge: UInt64?
    private(set) var isChallengePending = false
    private(set) var pendingResponse: UInt64?
    var mtu: PathMTU

    init(
        _ path: NetworkPath, isValidated: Bool,
        mtu: PathMTU = PathMTU(
            initial: Limits.minimumDatagramSize, limit: Limits.minimumDatagramSize)
    ) {
        current = path
        self.isValidated = isValidated
        self.mtu = mtu
    }

    /// Bytes that may still be sent (RFC 9000 §8.1).
    var amplificationAllowance: Int {
        guard !isValidated else { return .max }
        let (limit, overflow) = received.multipliedReportingOverflow(
            by: UInt64(Limits.amplificationFactor))
        guard !overflow else { return .max }
        return limit > sent ? Int(clamping: limit - sent) : 0
    }

    mutating func onReceived(_ byteCount: Int, from remote: NetworkAddress) {
        guard remote == current.remote else { return }
        received += UInt64(byteCount)
    }

    /// The opening goes on from another address, which has nothing to do with what the last one
    /// proved and received.
    mutating func move(to path: NetworkPath, byteCount: Int, challenge: UInt64) {
        let isSameRemote = path.remote == current.remote
        current = path
        if !isSameRemote { beginProof(byteCount: byteCount, challenge: challenge) }
    }

    private mutating func beginProof(byteCount: Int, challenge: UInt64) {
        isValidated = false
        (received, sent) = (UInt64(byteCount), 0)
        self.challenge = challenge
        isChallengePending = true
    }

    mutating func onSent(_ byteCount: Int) {
        sent += UInt64(byteCount)
    }

    /// The opening proved the address, unless it moved: then only the challenge does.
    mutating func validate() {
        if challenge == nil { isValidated = true }
    }

    /// The newest authentic packet came from another address: go there, but prove it first.
    mutating func follow(_ path: NetworkPath, byteCount: Int, challenge: UInt64) {
        let returnsHome = previous?.remote == path.remote
        if isValidated { previous = current }
        current = path
        if returnsHome {
            isValidated = true
            self.challenge = nil
            isChallengePending = false
        } else {
            beginProof(byteCount: byteCount, challenge: challenge)
        }
    }

    mutating func onChallenge(_ data: UInt64) {
        pendingResponse = data
    }

    mutating func onResponse(_ data: UInt64) {
        guard data == challenge else { return }
        challenge = nil
        isChallengePending = false
        isValidated = true
    }

    /// The challenge to send; it stays the same until it is answered.
    var pendingChallenge: UInt64? { isChallengePending ? challenge : nil }

    /// Nothing came back, the answer to the challenge neither.
    mutating func repeatChallenge() {
        isChallengePending = challenge != nil
    }

    mutating func onControlSent(_ frames: ControlFrames) {
        if frames.contains(.pathChallenge) { isChallengePending = false }
        if frames.contains(.pathResponse) { pendingResponse = nil }
    }

    mutating func onControlLost(_ frames: ControlFrames) {
        if frames.contains(.pathChallenge), challenge != nil { isChallengePending = true }
    }
}
