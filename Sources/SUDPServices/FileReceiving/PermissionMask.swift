/// The permissions that this process gives to nothing that it makes, as umask(2).
struct PermissionMask: Hashable, Sendable {
    private static let usual: UInt16 = 0o022

    let bits: UInt16

    init(bits: UInt16) {
        self.bits = bits & 0o777
    }

    /// The mask of this process; read from a file because umask(2) can only be asked by changing it
    /// for all threads.
    static var current: PermissionMask {
        let status = (try? SmallFile.read("/proc/self/status")) ?? ""
        return PermissionMask(status: status) ?? PermissionMask(bits: usual)
    }

    /// Reads the text of /proc/self/status; nil where it does not say, as before Linux 4.7.
    init?(status: String) {
        let name = "Umask:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let bits = UInt16(line.dropFirst(name.count).drop { $0 == "\t" || $0 == " " }, radix: 8)
        else { return nil }
        self.init(bits: bits)
    }
}

extension FileAttributes {
    /// The attributes without the permissions that a mask takes away.
    func masked(by mask: PermissionMask) -> FileAttributes {
        FileAttributes(permissions: permissions & ~mask.bits, time: time)
    }
}
