/// Which connection a connection ID belongs to.
struct ConnectionTable {
    private var byID: [ConnectionID: ConnectionHandle] = [:]
    private var idsOf: [ConnectionHandle: [ConnectionID]] = [:]
    private var byResetToken: [ResetToken: ConnectionHandle] = [:]
    private var resetTokens: [ConnectionHandle: ResetToken] = [:]
    /// The client's first connection ID, so that its repeated SYN finds the same state.
    private var openings: [ConnectionHandle: ConnectionID] = [:]

    var count: Int { idsOf.count }

    func find(_ connectionID: ConnectionID) -> ConnectionHandle? {
        byID[connectionID]
    }

    mutating func add(_ connectionID: ConnectionID, for handle: ConnectionHandle) {
        byID[connectionID] = handle
        idsOf[handle, default: []].append(connectionID)
    }

    /// Which connection a reset with this token is for.
    func find(_ token: ResetToken) -> ConnectionHandle? {
        byResetToken[token]
    }

    mutating func expect(_ token: ResetToken, for handle: ConnectionHandle) {
        byResetToken[token] = handle
        resetTokens[handle] = token
    }

    mutating func addOpening(_ connectionID: ConnectionID, for handle: ConnectionHandle) {
        openings[handle] = connectionID
        byID[connectionID] = handle
    }

    mutating func remove(_ connectionID: ConnectionID, of handle: ConnectionHandle) {
        guard byID[connectionID] == handle else { return }
        byID[connectionID] = nil
        idsOf[handle]?.removeAll { $0 == connectionID }
    }

    mutating func removeOpening(of handle: ConnectionHandle) {
        guard let connectionID = openings.removeValue(forKey: handle) else { return }
        byID[connectionID] = nil
    }

    mutating func removeAll(of handle: ConnectionHandle) {
        removeOpening(of: handle)
        if let token = resetTokens.removeValue(forKey: handle) { byResetToken[token] = nil }
        for connectionID in idsOf.removeValue(forKey: handle) ?? [] { byID[connectionID] = nil }
    }
}
