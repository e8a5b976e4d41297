internal import Glibc
internal import Synchronization

/// Which session of this process has which part files open.
final class PartOwners: Sendable {
    private struct Key: Hashable {
        let device: dev_t
        let inode: ino_t
        let name: String
    }

    private struct Owner {
        weak var session: ReceivingSession?
    }

    private let owners = Mutex<[Key: Owner]>([:])

    func note(_ session: ReceivingSession, has name: String, in parent: DirectoryHandle) {
        guard let key = key(name, parent) else { return }
        owners.withLock { $0[key] = Owner(session: session) }
    }

    func forget(_ session: ReceivingSession, name: String, in parent: DirectoryHandle) {
        guard let key = key(name, parent) else { return }
        owners.withLock { owners in
            if owners[key]?.session === session { owners[key] = nil }
        }
    }

    func owner(of name: String, in parent: DirectoryHandle) -> ReceivingSession? {
        guard let key = key(name, parent) else { return nil }
        return owners.withLock { $0[key]?.session }
    }

    private func key(_ name: String, _ parent: DirectoryHandle) -> Key? {
        var status = stat()
        guard fstat(parent.descriptor, &status) == 0 else { return nil }
        return Key(device: status.st_dev, inode: status.st_ino, name: name)
    }
}
