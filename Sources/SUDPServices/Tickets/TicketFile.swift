internal import Glibc
public import SUDPTransport
internal import SystemPackage

/// Where a program keeps the ticket of one server for its next run.
public struct TicketFile: Sendable {
    private let path: String
    private let host: String
    private let port: UInt16

    /// Names the file of a server in a directory for all of them.
    public init(directory: String, host: String, port: UInt16) {
        let name = host.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: ":"):
                String(UnicodeScalar(byte))
            default: "%" + String(byte, radix: 16)
            }
        }
        path = "\(directory)/\(name.joined())_\(port)"
        (self.host, self.port) = (host, port)
    }

    /// Moves the ticket into the store, if there is one: whoever looks next finds none, because a
    /// ticket serves once.
    public func take(into tickets: TicketStore) {
        guard (try? SmallFile.rename(path, to: ownPath)) != nil else { return }
        defer { SmallFile.remove(ownPath) }
        // A ticket that cannot be read costs a full handshake, as one that is not there.
        guard let text = try? SmallFile.read(ownPath) else { return }
        try? tickets.insert(pem: text, host: host, port: port)
    }

    /// Moves the newest ticket out of the store, readable only by the file's owner.
    public func keep(from tickets: TicketStore) throws(FileFailure) {
        guard let text = tickets.takePEM(host: host, port: port) else { return }
        SmallFile.remove(ownPath)
        try SmallFile.create(ownPath, text, permissions: [.ownerReadWrite])
        try SmallFile.rename(ownPath, to: path)
    }

    private var ownPath: String { "\(path).\(getpid())" }
}
