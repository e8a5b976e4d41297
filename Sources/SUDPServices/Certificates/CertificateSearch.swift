internal import Glibc

/// The places where certificates are looked for when none are named.
public struct CertificateSearch: Sendable {
    private let directories: [String]

    /// Searches `./certs`, then `$XDG_CONFIG_HOME/sudp/certs` or `~/.config/sudp/certs`.
    public init() {
        directories = ["certs"] + [Self.userDirectory].compactMap(\.self)
    }

    /// The directory that holds this file, or nil.
    public func path(of file: CertificateFile) -> String? {
        directories.lazy.map { "\($0)/\(file.rawValue)" }.first { SmallFile.exists($0) }
    }

    /// The paths of a certificate and its key, from the first directory that has either.
    public func paths(
        of certificate: CertificateFile, _ key: CertificateFile
    ) -> (certificate: String, key: String)? {
        let directory = directories.first { directory in
            [certificate, key].contains { SmallFile.exists("\(directory)/\($0.rawValue)") }
        }
        return directory.map { ("\($0)/\(certificate.rawValue)", "\($0)/\(key.rawValue)") }
    }

    // The XDG base directory specification: a path that is not absolute is ignored.
    private static var userDirectory: String? {
        if let base = variable("XDG_CONFIG_HOME"), base.hasPrefix("/") {
            return base + "/sudp/certs"
        }
        return variable("HOME").map { $0 + "/.config/sudp/certs" }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
