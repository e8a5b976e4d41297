internal import Glibc

/// Opens part files, and takes those over whose sender has fallen silent.
///
/// A sender that was killed still seems connected; the same command, run again, must go on.
struct PartTakeOver {
    private static let patience: Duration = .seconds(6)

    let owners: PartOwners
    let session: ReceivingSession

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
