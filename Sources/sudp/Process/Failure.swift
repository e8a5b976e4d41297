import ArgumentParser
import SUDPServices
import SUDPTransport

/// An error in the user's words, with the status that it ends the process with.
struct Failure {
    let sentence: String
    let status: ExitStatus

    init(_ error: any Error) {
        sentence = "\(error)"
        status = .otherError
    }
}
