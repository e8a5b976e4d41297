/// Which way load flows, seen from the client.
public enum BenchDirection: UInt8, CaseIterable, Sendable {
    /// From the server to the client.
    case download = 1
    /// From the client to the server.
    case upload = 2
    /// Both ways at once.
    case both = 3

    var isDownload: Bool { self != .upload }

    var isUpload: Bool { self != .download }
}
