internal import Glibc

/// Opens part files, and takes those over whose sender has fallen silent.
///
/// A sender that was killed still seems connected; the same command, run again, must go on.
struct PartTakeOver {
    private static let patience: Duration = .seconds(6)
    private static let movesOfTheLiving = 4

    let owners: PartOwners
    let session: ReceivingSession

    /// Opens the part of the first of the numbered names whose part nobody alive has.
    func openNumbered(_ name: String, in parent: DirectoryHandle) throws -> PartFile {
        for name in NumberedNames(name) {
            if let part = try openUnlessMoving(PartName.of(name), in: parent) { return part }
        }
        throw StoreFailure(.busy, "too many senders are sending it")
    }

    /// Waits only as long as it is not known whether the part's sender is alive: one that has just
    /// ended may have moved a last time.
    private func openUnlessMoving(
        _ name: String, in parent: DirectoryHandle
    ) throws -> PartFile? {
        var lastMove: ContinuousClock.Instant?
        var moves = 0
        while true {
            if let part = try PartFile.open(name, in: parent) {
                owners.note(session, has: name, in: parent)
                return part
            }
            let owner = owners.owner(of: name, in: parent)
            if owner == nil || owner?.lastMove != lastMove { moves += 1 }
            guard owner !== session, moves <= Self.movesOfTheLiving else { return nil }
            lastMove = owner?.lastMove
            if owner?.giveWay() != true { usleep(20_000) }
        }
    }

    /// Opens a part, and waits for it when another sender has it.
    func open(_ name: String, in parent: DirectoryHandle) throws -> PartFile {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            if let part = try PartFile.open(name, in: parent) {
                owners.note(session, has: name, in: parent)
                return part
            }
            let owner = owners.owner(of: name, in: parent)
            guard owner !== session, ContinuousClock.now < deadline else {
                throw StoreFailure(.busy, "another sender is sending it")
            }
            if owner?.giveWay() != true { usleep(50_000) }
        }
    }
}
