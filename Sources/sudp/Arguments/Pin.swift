import ArgumentParser
import SUDPServices

/// The SHA-256 of a public key on the command line.
struct Pin: ExpressibleByArgument, Equatable {
    let digest: [UInt8]

    init?(argument: String) {
        guard let digest = PublicKeyPin.digest(argument) else { return nil }
        self.digest = digest
    }
}
