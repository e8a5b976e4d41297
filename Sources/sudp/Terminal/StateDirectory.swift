import Glibc

/// The directory of what the program remembers: `$XDG_STATE_HOME/sudp` or `~/.local/state/sudp`.
enum StateDirectory {
    /// The path of a file in it, which only its owner can read; nil when there can be none.
    static func path(of name: String) -> String? {
        guard let directory = base.map({ $0 + "/sudp" }), makeDirectories(directory) else {
            return nil
        }
        let path = "\(directory)/\(name)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        fchmod(descriptor, 0o600)
        close(descriptor)
        return path
    }

    /// The path of a directory in it, which only its owner can enter; nil when there can be none.
    static func directory(_ name: String) -> String? {
        guard let directory = base.map({ "\($0)/sudp/\(name)" }), makeDirectories(directory) else {
            return nil
        }
        return directory
    }

    private static var base: String? {
        if let base = variable("XDG_STATE_HOME"), base.hasPrefix("/") { return base }
        return variable("HOME").map { $0 + "/.local/state" }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    private static func makeDirectories(_ path: String) -> Bool {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            guard mkdir(String(path[..<end]), 0o700) == 0 || errno == EEXIST else { return false }
        }
        return true
    }
}
