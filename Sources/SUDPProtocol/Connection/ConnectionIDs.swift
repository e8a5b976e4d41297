/// The connection IDs of both sides and those that the opening has to prove.
struct ConnectionIDs {
    let local: ConnectionID
    private(set) var remote: ConnectionID
    let originalDestination: ConnectionID
    private(set) var retrySource: ConnectionID?
    private(set) var isRemoteFixed = false
    private(set) var token: [UInt8] = []
    var peerResetToken: [UInt8]?

    init(
        local: ConnectionID, remote: ConnectionID, originalDestination: ConnectionID,
        retrySource: ConnectionID? = nil, isRemoteFixed: Bool
    ) {
        self.local = local
        self.remote = remote
        self.originalDestination = originalDestination
        self.retrySource = retrySource
        self.isRemoteFixed = isRemoteFixed
    }

    /// A client binds to the first server connection ID it accepts.
    mutating func fixRemote(_ connectionID: ConnectionID) {
        guard !isRemoteFixed else { return }
        remote = connectionID
        isRemoteFixed = true
    }

    mutating func onRetry(source: ConnectionID, token: [UInt8]) {
        remote = source
        retrySource = source
        self.token = token
    }

    // RFC 9000 §7.3: what the headers said must be what the authenticated parameters say.
    func areConfirmed(by parameters: TransportParameters, side: Side) -> Bool {
        guard parameters.initialSource == remote else { return false }
        guard side == .client else { return true }
        return parameters.originalDestination == originalDestination
            && parameters.retrySource == retrySource
    }
}
