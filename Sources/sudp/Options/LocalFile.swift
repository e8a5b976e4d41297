import SUDPServices
import SUDPTransport

/// A file that the user named; what cannot be done with it is told with its path.
struct LocalFile {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Makes something of the file's text.
    func use<Result>(_ body: (String) throws -> Result) throws -> Result {
        let text = try SmallFile.read(path)
        do {
            return try body(text)
        } catch let error as TransportError {
            throw FileFailure.unusable(path: path, reason: error.description)
        }
    }
}
